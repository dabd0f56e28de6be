-- Rows of a file of known causes ($1, JSON) -> incidents and waves; `reason` where a row leads nowhere.
with listed as (
  select unnest(from_json($1, '[{"line":"BIGINT","incident":"VARCHAR","deployment":"VARCHAR"}]')) as item
),
incident as (
  select native_id as name, incident_id, service, started_at from model.incident
  union
  select incident_id as name, incident_id, service, started_at from model.incident
),
named as (
  select
    l.item.line as line,
    l.item.incident as incident,
    nullif(l.item.deployment, '') as deployment,
    i.incident_id,
    k.wave_id,
    row_number() over (
      partition by l.item.line
      order by
        case when k.service is null then 0 else 1 end,
        case when w.started_at <= i.started_at then 0 else 1 end,
        case when w.started_at <= i.started_at then w.live_at end desc,
        w.live_at,
        k.wave_id,
        i.incident_id
    ) as choice
  from listed as l
  left join incident as i on i.name = l.item.incident
  left join correlation.wave_name as k on k.name = l.item.deployment and (k.service is null or k.service = i.service)
  left join model.wave as w on w.wave_id = k.wave_id
),
found as (
  select
    line, incident, deployment, incident_id, wave_id,
    count(*) filter (where deployment is null) over (partition by incident_id) as times_without,
    count(*) filter (where deployment is not null) over (partition by incident_id) as times_with
  from named
  where choice = 1
)
select
  line,
  incident_id,
  wave_id,
  case
    when incident_id is null then 'there is no incident ' || incident
    when times_without > 0 and times_with > 0 then incident || ' is listed with a deployment and without one'
    when deployment is not null and wave_id is null then deployment || ' is no production deployment'
  end as reason
from found
order by line
