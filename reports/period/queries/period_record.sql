/*
title: Where the records of deviations are
grain: one row per unit that fails and record that its id names; the record null where no key is that id
rule: >
  An id is the name of its source, a colon, and what the source calls the record. That is the record's key, the first or last part of it, or what comes after its last colon; `#2` at the end of a deployment is
  its second attempt. Lines are counted in the order of keys, as the files of evidence/ have them. What is no record of its own (a release is a service and a version) has none
version: 1
*/
with asked as (
  select distinct
    unit_kind,
    unit,
    split_part(unit, ':', 1) as source,
    substr(unit, strpos(unit, ':') + 1) as native,
    regexp_replace(substr(unit, strpos(unit, ':') + 1), '#[0-9]+$', '') as name,
    case when regexp_matches(unit, '#[0-9]+$') then regexp_extract(unit, '#([0-9]+)$', 1) end as attempt
  from period_result
  where status = 'fail' and unit_kind in ('deployment', 'change_request', 'incident', 'exemption') and strpos(unit, ':') > 0
),
stream as (
  select source, stream, row_number() over (partition by source, stream order by key) as line, key, sha256
  from raw.current
  where source in (select source from asked)
),
called as (
  select source, stream, line, key, sha256, key as name, null as attempt
  from stream
  union all
  select source, stream, line, key, sha256, json_extract_string(try_cast(key as json), '$[0]'), json_extract_string(try_cast(key as json), '$[1]')
  from stream
  where starts_with(key, '[')
  union all
  select source, stream, line, key, sha256, split_part(key, ':', -1), null
  from stream
  where strpos(key, ':') > 0 and not starts_with(key, '[')
),
found as (
  select a.unit_kind, a.unit, c.source, c.stream, c.line, c.key, c.sha256
  from asked as a
  join called as c on c.source = a.source and (c.name = a.native or (c.name = a.name and (c.attempt = a.attempt or a.attempt is null)))
  where a.unit_kind <> 'deployment' or c.attempt is null or c.attempt = coalesce(a.attempt, '1')
)
select a.unit_kind, a.unit, f.source, f.stream, f.line::bigint as line, f.key, f.sha256
from asked as a
left join found as f on f.unit_kind = a.unit_kind and f.unit = a.unit
group by a.unit_kind, a.unit, f.source, f.stream, f.line, f.key, f.sha256
order by a.unit_kind, a.unit, f.source, f.stream, f.line
