/*
title: Steps that production deployments took
grain: one row per production wave and step that is known
rule: >
  Request: the first of its change requests was made. Review: the last of its pull requests was approved, once all are. Tests: the last test outside of production of what was deployed
  passed. Staging: it first went live in staging. Approval: the first approval of the deployment or its requests. Validation: the first smoke or health check in production that passed within a day. Post review: the
  first review of its requests or version afterwards
version: 1
description: A step that is not known was not taken, or nobody recorded it.
*/
with request as (
  select distinct d.wave_id, p.change_request_id
  from controls.deployment_part as p
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  where d.wave_id is not null and p.change_request_id is not null
),
-- A day and the next, so that what comes within a day is joined by equality.
slotted as (
  select wave_id, service, live_at, unnest([epoch(live_at)::bigint // 86400, epoch(live_at)::bigint // 86400 + 1]) as slot
  from model.wave
),
probe as (
  select t.service, t.finished_at as passed_at, epoch(t.finished_at)::bigint // 86400 as slot
  from model.test_result as t
  join model.environment_name as n on n.name = t.environment
  join model.environment as e on e.environment = n.environment and e.kind = 'production'
  where t.outcome = 'passed' and t.finished_at is not null
),
subject as (
  select wave_id, live_at, unnest([deployment_id, substring(deployment_id, strpos(deployment_id, ':') + 1), sha]) as subject
  from controls.production_deployment
  where wave_id is not null and live_at is not null
),
taken as (
  select q.wave_id, 'request' as step, min(r.created_at) as "at"
  from request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  group by q.wave_id
  union all
  select s.wave_id, 'review', case when bool_and(c.approved_at is not null) then max(c.approved_at) end
  from model.wave_change as s
  join model.change as c on c.change_id = s.change_id
  where c.kind = 'pull request' and not s.is_before_history
  group by s.wave_id
  union all
  select w.wave_id, 'tests', max(t.finished_at)
  from model.wave as w
  join model.test_result as t on t.sha = w.sha and t.repository = w.repository
  left join model.environment as e on e.environment = t.environment
  where t.outcome = 'passed' and coalesce(e.kind, 'test') <> 'production' and t.finished_at <= w.live_at
  group by w.wave_id
  union all
  select w.wave_id, 'staging', min(d.live_at)
  from model.wave as w
  join model.deployment as d on d.service = w.service and d.sha = w.sha
  where d.environment_kind = 'staging' and d.live_at <= w.live_at
  group by w.wave_id
  union all
  select q.wave_id, 'approval', min(a.decided_at)
  from request as q
  join model.change_request_approval as a on a.change_request_id = q.change_request_id
  where a.decision = 'approved'
  group by q.wave_id
  union all
  select d.wave_id, 'approval', min(a.decided_at)
  from controls.production_deployment as d
  join model.deployment_approval as a on a.deployment_id = d.deployment_id
  where a.decision = 'approved' and d.wave_id is not null
  group by d.wave_id
  union all
  select wave_id, 'production', live_at
  from model.wave
  union all
  select w.wave_id, 'validation', min(p.passed_at)
  from slotted as w
  join probe as p on p.service = w.service and p.slot = w.slot and p.passed_at >= w.live_at and p.passed_at < w.live_at + interval 1 day
  group by w.wave_id
  union all
  select d.wave_id, 'validation', min(v.occurred_at)
  from subject as d
  join model.evidence as v on v.subject = d.subject
  where
    v.kind in ('smoke_test', 'health_check', 'synthetic') and v.outcome in ('passed', 'success', 'ok')
    and v.occurred_at >= d.live_at and v.occurred_at < d.live_at + interval 1 day
  group by d.wave_id
  union all
  select q.wave_id, 'post_review', min(r.review_at)
  from request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  where r.review_at < getvariable('as_of')
  group by q.wave_id
  union all
  select q.wave_id, 'post_review', min(v.held_at)
  from request as q
  join model.change_request_name as r on r.change_request_id = q.change_request_id
  join model.post_implementation_review as v on v.change_request = r.reference
  group by q.wave_id
)
select wave_id, step, min("at") as "at"
from taken
where "at" is not null
group by wave_id, step
order by wave_id, step
