-- Controls with the counts of what belongs into a pack, and what fails, is unknown or exempt in it as JSON, in the form of check.sql. Reads pack_result.sql.
with counted as (
  select
    control,
    count(*) filter (where status = 'pass') as passed,
    count(*) filter (where status = 'fail') as failed,
    count(*) filter (where status = 'unknown') as unknown,
    count(*) filter (where status = 'exempt') as exempt,
    count(*) filter (where status = 'not_applicable' and not is_not_due) as not_applicable,
    count(*) filter (where is_not_due) as not_due
  from pack_result
  group by control
),
ranked as (
  select *, case status when 'fail' then 1 when 'unknown' then 2 else 3 end as status_rank
  from pack_result
  where status in ('fail', 'unknown', 'exempt')
),
listed as (
  select
    control,
    to_json(
      list(
        {
          status: status, unit_kind: unit_kind, unit: unit, service: service, teams: teams, environment: environment,
          occurred_at: occurred_at, local_time: null, reason: reason, evidence: evidence, exemptions: exemptions
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
from controls.control as c
left join counted as n on n.control = c.control
left join listed as l on l.control = c.control
order by c.control
