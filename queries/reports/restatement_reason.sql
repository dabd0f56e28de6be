/*
title: Why published figures moved
grain: one row per moved figure and reason
rule: >
  What differed between the two publications and has a part in the figure: the version of its rule; a local rule; a query of the product; the
  configuration where it has a part in the metric, judgements in it apart; a person's word on links; records that came late or were corrected, by stream, of the figure's own service or repository where they name one; records that were erased; outcomes that were
  pending. Only where none of these applies and time went on: what happened since. Nothing is said that was not found
version: 3
*/
with figure as (
  select metric, scope_kind, scope, period_kind, period_start, made_by, old_rule_version, new_rule_version, old_pending, new_pending
  from reports.moved_figure
),
query_change as (
  select c.relation, c.change, c.is_local, c.affects
  from reports.rule_change as c
  join reports.publication as p on p.is_new and p.publication = c.publication
),
changed_value as (
  select
    c.path,
    case when starts_with(c.path, 'metrics.exclude_') or ends_with(c.path, '.complete[]') then 'judgement' else 'configuration' end as kind,
    case
      when c.path = 'metrics.exclude_deployments[]' then 'deployment ' || (coalesce(c.new_value, c.old_value)::json ->> 'id')
      when c.path = 'metrics.exclude_changes[]' then 'changes titled ' || (coalesce(c.new_value, c.old_value)::json ->> 'subject')
      when ends_with(c.path, '.complete[]') then 'completeness of ' || replace(replace(c.path, 'sources.', ''), '.complete[]', '')
      else c.path
    end as subject,
    case
      when starts_with(c.path, 'metrics.exclude_')
        then case when c.new_value is null then ' no longer excluded' else ' excluded (' || (c.new_value::json ->> 'reason') || ')' end
      when ends_with(c.path, '.complete[]') then case when c.new_value is null then ' no longer asserted' else ' asserted' end
      else ''
    end as verb,
    case when c.path = 'metrics.exclude_deployments[]' then coalesce(c.new_value, c.old_value)::json ->> 'id' end as deployment,
    case
      when c.path = 'metrics.exclude_deployments[]' then 'staging.config_excluded_deployment'
      when c.path = 'metrics.exclude_changes[]' then 'staging.config_excluded_change'
      when starts_with(c.path, 'metrics.rework_') then 'staging.config_rework_mark'
      when starts_with(c.path, 'people.rules') then 'staging.config_identity_rule'
      when starts_with(c.path, 'people.bots') then 'staging.config_bot'
      when starts_with(c.path, 'people.shared_addresses') then 'staging.config_shared_address'
    end as staged_by,
    case when starts_with(c.path, 'metrics.') and not ends_with(c.path, '[]') then substr(c.path, 9) end as variable
  from reports.configuration_change as c
  join reports.publication as p on p.is_new and p.publication = c.publication
  where not regexp_matches(c.path, '^(publish\.|judgements)|\.title$')
),
bearing as (
  select distinct v.path, v.kind, v.subject || v.verb as words, v.deployment, f.made_by
  from changed_value as v
  cross join (select distinct made_by from figure) as f
  left join raw.query as q
    on (q.relation = v.staged_by or list_contains(q.variables, v.variable)) and list_contains(q.affects, f.made_by)
  where q.relation is not null or (v.staged_by is null and v.variable is null)
),
configured as (
  select distinct f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, b.kind, b.words
  from figure as f
  join bearing as b on b.made_by = f.made_by
  left join model.deployment as d on d.service = f.scope and b.deployment in (d.deployment_id, d.native_id)
  where f.scope_kind <> 'service' or b.deployment is null or d.deployment_id is not null
),
numbered_word as (
  select
    metric, scope_kind, scope, period_kind, period_start, kind, words,
    row_number() over (partition by metric, scope_kind, scope, period_kind, period_start, kind order by words) as place,
    count(*) over (partition by metric, scope_kind, scope, period_kind, period_start, kind) as number
  from configured
),
configuration as (
  select
    metric, scope_kind, scope, period_kind, period_start, kind,
    string_agg(words, ', ' order by words) || case when max(number) > 5 then ' and ' || (max(number) - 5) || ' more' else '' end as words
  from numbered_word
  where place <= 5
  group by metric, scope_kind, scope, period_kind, period_start, kind
),
product_query as (
  select
    f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, q.relation,
    row_number() over (partition by f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start order by q.relation) as place,
    count(*) over (partition by f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start) as queries
  from figure as f
  join query_change as q on not q.is_local and (list_contains(q.affects, f.made_by) or q.relation = 'metrics.metric')
),
late as (
  select f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, l.source, l.stream, sum(l.records)::bigint as records
  from figure as f
  left join model.service as v on f.scope_kind = 'service' and v.service = f.scope
  join reports.late_record as l on f.scope_kind <> 'service' or coalesce(l.service = f.scope, l.repository = v.repository, true)
  left join raw.query as q on q.relation = l.staged_by
  where q.relation is null or list_contains(q.affects, f.made_by)
  group by f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, l.source, l.stream
),
erased_record as (
  select source, stream, count(distinct key) as records
  from (select *, row_number() over (order by erased_at, source, stream, key, version) as place from raw.erasure) as e
  join reports.publication as p on p.is_new and e.place > p.base_erasures
  group by source, stream
),
erased as (
  select f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, e.source, e.stream, e.records
  from figure as f
  cross join erased_record as e
  left join staging.source as s on s.source = e.source
  left join raw.query as q on q.relation = 'staging.' || s.collector || '_' || e.stream
  where q.relation is null or list_contains(q.affects, f.made_by)
),
listed as (
  select *, 'late data' as kind, 'late or corrected data: ' as opening
  from late
  where stream <> 'incident_link_verdict'
  union all
  select *, 'erased' as kind, 'erased: ' as opening
  from erased
),
found as (
  select metric, scope_kind, scope, period_kind, period_start, 1 as place, 'rule version' as kind,
    'rule version ' || old_rule_version || ' became ' || new_rule_version as reason
  from figure
  where old_rule_version <> new_rule_version
  union all
  select f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, 2, 'local rule', 'local rule ' || q.relation || ' ' || q.change
  from figure as f
  join query_change as q on q.is_local and (list_contains(q.affects, f.made_by) or q.relation = 'metrics.metric')
  union all
  select
    q.metric, q.scope_kind, q.scope, q.period_kind, q.period_start, 3, 'product',
    case
      when max(p.base_product_version) <> max(p.product_version)
        then 'Quarterdeck ' || max(p.base_product_version) || ' became ' || max(p.product_version) || ' and changed '
      else 'queries of the product changed: '
    end
    || string_agg(q.relation, ', ' order by q.relation)
    || case when max(q.queries) > 3 then ' and ' || (max(q.queries) - 3) || ' more' else '' end
  from product_query as q
  cross join reports.publication as p
  where q.place <= 3
  group by q.metric, q.scope_kind, q.scope, q.period_kind, q.period_start
  union all
  select
    metric, scope_kind, scope, period_kind, period_start, case kind when 'judgement' then 4 else 5 end, kind,
    case kind when 'judgement' then 'a judgement: ' else 'configuration changed: ' end || words
  from configuration
  union all
  select
    metric, scope_kind, scope, period_kind, period_start, 6, kind,
    opening
    || string_agg(
      records || ' ' || replace(stream, '_', ' ') || case when records = 1 then ' record from ' else ' records from ' end || source,
      ', ' order by source, stream
    )
  from listed
  group by metric, scope_kind, scope, period_kind, period_start, kind, opening
  union all
  select
    metric, scope_kind, scope, period_kind, period_start, 4, 'judgement',
    'a person''s word: '
    || string_agg(records || case when records = 1 then ' verdict' else ' verdicts' end || ' on links from ' || source, ', ' order by source)
  from late
  where stream = 'incident_link_verdict'
  group by metric, scope_kind, scope, period_kind, period_start
  union all
  select metric, scope_kind, scope, period_kind, period_start, 7, 'settled',
    (old_pending - new_pending) || case when old_pending - new_pending = 1 then ' outcome was' else ' outcomes were' end || ' still pending'
  from figure
  where made_by = 'metrics.outcome_rate' and old_pending > new_pending
),
unexplained as (
  select metric, scope_kind, scope, period_kind, period_start
  from figure
  except
  select metric, scope_kind, scope, period_kind, period_start
  from found
)
select metric, scope_kind, scope, period_kind, period_start, place, kind, reason
from found
union all
select
  u.metric, u.scope_kind, u.scope, u.period_kind, u.period_start, 8,
  case when p.as_of > p.base_as_of then 'later events' else 'not found' end,
  case when p.as_of > p.base_as_of then 'what happened since bears on it' else 'nothing that differs was found' end
from unexplained as u
cross join reports.publication as p
order by metric, scope_kind, scope, period_kind, period_start, place, reason
