/*
title: What the organisation's mapping changes before a record is kept
grain: one row per source and file that is mapped
rule: >
  A source of files keeps a record in our names: columns are renamed, values converted and times read as the configuration of the source says. The files as they were are not kept; their mapping is in
  config/quarterdeck.json (sources, options, files)
version: 1
*/
with listed as (
  select source, unnest(from_json(options -> 'files', '["JSON"]')) as file
  from staging.source
  where collector = 'files'
),
named as (
  select source, file ->> 'path' as path, file ->> 'entity' as entity, file -> 'columns' as columns, file ->> '$.time.format' as format, file ->> '$.time.zone' as zone
  from listed
),
field as (
  select n.source, n.path, n.entity, c.key as field, c.value ->> 'from' as stands_in, c.value -> 'values' as converted, c.value ->> 'separator' as separator
  from named as n, json_each(n.columns) as c
),
conversion as (
  select f.source, f.path, f.field, string_agg(v.key || ' → ' || (v.value ->> '$'), ', ' order by v.key) as pairs
  from field as f, json_each(f.converted) as v
  where f.converted is not null
  group by f.source, f.path, f.field
),
mapped as (
  select
    f.source,
    f.path,
    string_agg(f.stands_in || ' → ' || f.field, ', ' order by f.field) filter (where f.stands_in <> f.field) as renamed,
    string_agg(f.field || ': ' || c.pairs, '; ' order by f.field) filter (where c.pairs is not null) as converted,
    string_agg(f.field || ' at ' || case f.separator when ' ' then 'spaces' else '"' || f.separator || '"' end, ', ' order by f.field) filter (where f.separator is not null) as split
  from field as f
  left join conversion as c on c.source = f.source and c.path = f.path and c.field = f.field
  group by f.source, f.path
)
select
  n.source,
  n.path,
  n.entity,
  m.renamed,
  m.converted,
  m.split,
  nullif(concat_ws(', ', n.format, 'in ' || n.zone), '') as times
from named as n
left join mapped as m on m.source = n.source and m.path = n.path
where m.renamed is not null or m.converted is not null or m.split is not null or n.format is not null or n.zone is not null
order by n.source, n.path, n.entity
