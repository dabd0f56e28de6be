-- Controls with the counts of what is asked for, and what fails, is unknown or exempt in it as JSON: what fails first, the newest first. $1 (JSON) says what is asked for, $2 how many
-- findings are listed in all: those of severe controls first.
with asked as (
  select
    filter ->> 'service' as service,
    filter ->> 'release' as release_id,
    timezone(getvariable('time_zone'), try_cast(filter ->> 'since' as timestamp)) as since,
    from_json(filter -> 'controls', '["VARCHAR"]') as controls,
    filter ->> 'framework' as framework
  from (select $1::json as filter)
),
catalogue as (
  select c.*, case c.severity when 'critical' then 1 when 'high' then 2 when 'medium' then 3 else 4 end as severity_rank
  from controls.control as c
  cross join asked as a
  where
    (len(a.controls) = 0 or list_contains(a.controls, c.control))
    and (
      a.framework is null
      or exists (select 1 from controls.control_clause as f where f.control = c.control and f.framework = a.framework)
    )
),
result as (
  select r.*
  from controls.result as r
  cross join asked as a
  left join reports.release_unit as u on u.release_id = a.release_id and u.unit_kind = r.unit_kind and u.unit = r.unit
  where
    (a.service is null or r.service = a.service)
    and (a.release_id is null or u.release_id is not null)
    and (a.since is null or r.occurred_at >= a.since)
),
counted as (
  select
    control,
    count(*) filter (where status = 'pass') as passed,
    count(*) filter (where status = 'fail') as failed,
    count(*) filter (where status = 'unknown') as unknown,
    count(*) filter (where status = 'exempt') as exempt,
    count(*) filter (where status = 'not_applicable' and not is_not_due) as not_applicable,
    count(*) filter (where is_not_due) as not_due
  from result
  group by control
),
ranked as (
  select
    r.control,
    case r.status when 'fail' then 1 when 'unknown' then 2 else 3 end as status_rank,
    c.severity_rank,
    r.status, r.unit_kind, r.unit, r.service, r.teams, r.environment, r.occurred_at, r.reason, r.evidence, r.exemptions
  from result as r
  join catalogue as c on c.control = r.control
  where r.status in ('fail', 'unknown', 'exempt')
  order by status_rank, severity_rank, r.occurred_at desc nulls last, r.control, r.unit_kind, r.unit
  limit $2
),
listed as (
  select
    control,
    to_json(
      list(
        {
          status: status, unit_kind: unit_kind, unit: unit, service: service, teams: teams, environment: environment,
          occurred_at: strftime(timezone('UTC', occurred_at), '%Y-%m-%dT%H:%M:%SZ'),
          local_time: strftime(timezone(getvariable('time_zone'), occurred_at), '%Y-%m-%d %H:%M'),
          reason: reason, evidence: evidence, exemptions: exemptions
        }
        order by status_rank, occurred_at desc nulls last, unit_kind, unit
      )
    ) as findings
  from ranked
  group by control
)
select
  c.control,
  c.title,
  c.question,
  c.severity,
  c.remedy,
  c.is_local,
  coalesce(n.passed, 0)::bigint as passed,
  coalesce(n.failed, 0)::bigint as failed,
  coalesce(n.unknown, 0)::bigint as unknown,
  coalesce(n.exempt, 0)::bigint as exempt,
  coalesce(n.not_applicable, 0)::bigint as not_applicable,
  coalesce(n.not_due, 0)::bigint as not_due,
  coalesce(l.findings, '[]')::varchar as findings
from catalogue as c
left join counted as n on n.control = c.control
left join listed as l on l.control = c.control
order by c.control
