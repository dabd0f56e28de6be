-- Records that results of a few units follow from: all but those that tell only of what is out of their reach. Their reach is their services, with everything that
-- names no service; of code, what came to the main line since the wave before them. In doubt a record is in. Reads pack_result.sql.
create or replace temp table closed_record as
with attempt as (
  select unit as deployment_id
  from pack_result
  where unit_kind = 'deployment'
  union
  select p.deployment_id
  from pack_result as r
  join controls.deployment_part as p on p.change_request_id = r.unit
  where r.unit_kind = 'change_request'
),
placed as (
  select d.deployment_id, d.service, d.repository, d.occurred_at, w.position, w.position_basis
  from attempt as a
  join controls.production_deployment as d on d.deployment_id = a.deployment_id
  left join model.wave as w on w.wave_id = d.wave_id
),
reached_service as (
  select service
  from placed
  where service is not null
  union
  select service
  from pack_result
  where service is not null
),
reached_repository as (
  select repository
  from placed
  where repository is not null
  union
  select s.repository
  from model.service as s
  join reached_service as r on r.service = s.service
  where s.repository is not null
),
before as (
  select
    p.deployment_id,
    min(w.position) filter (where w.position_basis = 'graph') as position,
    min(epoch(w.started_at))::bigint as second
  from placed as p
  join (
    select
      d.deployment_id, w.position, w.position_basis, w.started_at,
      row_number() over (partition by d.deployment_id order by w.live_at desc, w.wave_id) = 1 as is_last,
      row_number() over (partition by d.deployment_id order by w.position_basis = 'graph' desc, w.position desc, w.wave_id) = 1 as is_furthest
    from placed as d
    join model.wave as w on w.service = d.service and w.live_at < d.occurred_at
  ) as w on w.deployment_id = p.deployment_id and (w.is_last or w.is_furthest)
  group by p.deployment_id
),
-- What is older than the wave before is in it already. A service without a wave before reaches back to its beginning.
bound as (
  select
    p.repository,
    case when count(*) = count(b.position) then min(least(b.position, coalesce(case when p.position_basis = 'graph' then p.position end, b.position))) end as position,
    case when count(*) = count(b.second) then min(b.second) end as second
  from placed as p
  left join before as b on b.deployment_id = p.deployment_id
  group by p.repository
),
near_change as (
  select
    c.change_id,
    c.source,
    c.native_id,
    r.repository is not null
    and coalesce(case c.position_basis when 'graph' then c.position >= b.position else c.position >= b.second end, true) as is_in
  from model.change as c
  left join reached_repository as r on r.repository = c.repository
  left join bound as b on b.repository = c.repository
),
near_deployment as (
  select d.deployment_id, d.service is null or r.service is not null as is_in
  from model.deployment as d
  left join reached_service as r on r.service = d.service
),
near_wave as (
  select w.wave_id
  from model.wave as w
  join reached_service as r on r.service = w.service
),
thing (kind, id, is_in) as (
  select 'change', source || ':' || native_id, is_in
  from near_change
  union all
  select 'commit', c.source || ':' || c.sha, r.repository is not null and coalesce(c.mainline_position >= b.position, true)
  from model.commit as c
  left join reached_repository as r on r.repository = c.repository
  left join bound as b on b.repository = c.repository
  where c.source is not null
  union all
  select 'change_review', r.review_id, c.is_in
  from model.change_review as r
  join near_change as c on c.change_id = r.change_id
  union all
  select 'deployment', deployment_id, is_in
  from near_deployment
  union all
  select
    'change_request', q.change_request_id,
    q.service is null
    or q.service in (select service from reached_service)
    or q.change_request_id in (select unit from pack_result)
    or exists (
      select 1 from model.deployment_request as n join near_deployment as d on d.deployment_id = n.deployment_id and d.is_in
      where n.change_request_id = q.change_request_id
    )
    or exists (
      select 1 from model.change_reference as n join near_change as c on c.change_id = n.change_id and c.is_in
      where n.target_id = q.change_request_id
    )
  from model.change_request as q
  union all
  select
    'ticket', t.ticket_id,
    t.service is null
    or t.service in (select service from reached_service)
    or exists (
      select 1 from model.change_reference as n join near_change as c on c.change_id = n.change_id and c.is_in
      where n.target_id = t.ticket_id
    )
  from model.ticket as t
  union all
  select
    'incident', i.incident_id,
    i.service is null
    or i.service in (select service from reached_service)
    or exists (select 1 from correlation.incident_candidate as l join near_wave as w on w.wave_id = l.wave_id where l.incident_id = i.incident_id)
  from model.incident as i
  union all
  select
    'pipeline_run', p.pipeline_run_id,
    coalesce(p.service in (select service from reached_service), true)
    or exists (select 1 from near_deployment as n join model.deployment as d on d.deployment_id = n.deployment_id where n.is_in and d.pipeline_run = p.pipeline_run_id)
  from model.pipeline_run as p
),
native as (
  select kind, split_part(id, ':', 1) as source, substr(id, strpos(id, ':') + 1) as name, is_in
  from thing
),
of_name as (
  select kind, name, bool_or(is_in) as is_in
  from native
  group by kind, name
),
record as (
  select
    r.source,
    r.stream,
    r.key,
    k.collector = 'files' as is_file,
    json_extract_string(r.payload, ['$.id', '$.key', '$.iid', '$.sha', '$.number', '$.databaseId', '$.oid', '$.node_id']) as names,
    case when json_type(r.payload, '$.service') = 'VARCHAR' then r.payload ->> '$.service' end as service,
    case when json_type(r.payload, '$.repository') = 'VARCHAR' then r.payload ->> '$.repository' end as repository,
    r.payload ->> '$.deployment' as deployment,
    r.payload ->> '$.change' as change,
    r.payload ->> '$.change_request' as change_request,
    r.payload ->> '$.pipeline_run' as pipeline_run,
    r.payload ->> '$.ticket' as ticket
  from raw.current as r
  join staging.source as k on k.source = r.source
),
called as (
  select distinct source, stream, key, is_file, unnest(names) as name
  from record
),
named as (
  select r.source, r.stream, r.key, n.is_in
  from called as r
  join of_name as n on n.name = r.name and n.kind = r.stream
  union all
  select r.source, r.stream, r.key, n.is_in
  from called as r
  join of_name as n on n.name = r.name
  where n.kind <> r.stream and (not r.is_file or n.kind = 'commit') and (n.kind <> 'commit' or length(r.name) >= 40)
),
referring as (
  select source, stream, key, kind, reference
  from (
    unpivot (select source, stream, key, deployment, change, change_request, pipeline_run, ticket from record)
    on deployment, change, change_request, pipeline_run, ticket into name kind value reference
  )
),
meant as (
  select source, stream, key, kind, reference as name
  from referring
  union
  select source, stream, key, kind, substr(reference, strpos(reference, ':') + 1) as name
  from referring
  union
  -- Whoever keeps one list of requests and tickets calls either by the same word.
  select source, stream, key, 'change_request' as kind, reference as name
  from referring
  where kind = 'ticket'
),
referred as (
  select r.source, r.stream, r.key, n.is_in
  from meant as r
  join of_name as n on n.kind = r.kind and n.name = r.name
),
told as (
  select source, stream, key, bool_or(is_in) as is_in
  from named
  group by source, stream, key
),
hinted as (
  select source, stream, key, bool_or(is_in) as is_in
  from referred
  group by source, stream, key
)
select r.source, r.stream, r.key
from record as r
left join told as t on t.source = r.source and t.stream = r.stream and t.key = r.key
left join hinted as h on h.source = r.source and h.stream = r.stream and h.key = r.key
where
  coalesce(
    t.is_in,
    h.is_in,
    case
      when r.service in (select service from model.service) then r.service in (select service from reached_service)
      when r.repository in (select repository from model.service) then r.repository in (select repository from reached_repository)
    end,
    true
  )
order by r.source, r.stream, r.key
