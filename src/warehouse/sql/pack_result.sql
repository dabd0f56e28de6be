-- Results of controls that belong into a pack. $1 (JSON) says which: a release, the releases of a train, a period with its services and controls, or one unit.
-- A period has what happened in it, its ends being instants or days of the organisation's time zone; and what is said of sources, which bears on all periods.
with asked as (
  select
    scope ->> 'kind' as kind,
    case
      when regexp_matches(scope ->> 'from', '^\d{4}-\d\d-\d\d$') then timezone(getvariable('time_zone'), (scope ->> 'from')::timestamp)
      else (scope ->> 'from')::timestamptz
    end as "from",
    case
      when regexp_matches(scope ->> 'until', '^\d{4}-\d\d-\d\d$') then timezone(getvariable('time_zone'), (scope ->> 'until')::timestamp)
      else (scope ->> 'until')::timestamptz
    end as until,
    coalesce(from_json(scope -> 'services', '["VARCHAR"]'), []) as services,
    scope ->> 'framework' as framework,
    scope ->> 'unit_kind' as unit_kind,
    scope ->> 'unit' as unit
  from (select $1::json as scope)
),
released as (
  select distinct u.unit_kind, u.unit
  from (
    select unnest(
      case $1::json ->> 'kind'
        when 'release' then from_json(json_array($1::json), '[{"service":"VARCHAR","version":"VARCHAR"}]')
        when 'train' then from_json($1::json -> 'releases', '[{"service":"VARCHAR","version":"VARCHAR"}]')
        else []
      end
    ) as release
  ) as a
  join reports.release_unit as u on u.release_id = (a.release).service || '@' || (a.release).version
)
select
  r.control,
  r.unit_kind,
  r.unit,
  r.service,
  r.teams,
  r.environment,
  strftime(timezone('UTC', r.occurred_at), '%Y-%m-%dT%H:%M:%SZ') as occurred_at,
  r.status,
  r.is_not_due,
  r.severity,
  r.reason,
  r.evidence,
  r.findings,
  r.exemptions
from controls.result as r
cross join asked as a
left join released as u on u.unit_kind = r.unit_kind and u.unit = r.unit
where
  case a.kind
    when 'release' then u.unit is not null
    when 'train' then u.unit is not null
    when 'period'
      then
        (
          r.unit_kind = 'source'
          or (
            r.occurred_at >= a."from" and r.occurred_at < a.until and (len(a.services) = 0 or coalesce(list_contains(a.services, r.service), false))
          )
        )
        and (
          a.framework is null
          or exists (select 1 from controls.control_clause as c where c.control = r.control and c.framework = a.framework)
        )
    when 'dossier' then r.unit_kind = a.unit_kind and r.unit = a.unit
    else false
  end
order by r.control, r.unit_kind, r.unit
