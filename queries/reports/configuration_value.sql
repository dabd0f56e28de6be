/*
title: Values of configurations
grain: one row per configuration that was published, path and value
description: >
  Teams, services, environments and sources by their names; an element of a list has the path of the list and `[]`, so that its place has no
  part in it. Secrets were never in it.
*/
with document as (
  select configuration_sha256, document
  from raw.published_configuration
  union all
  select p.configuration_sha256, c.document
  from reports.provenance as p
  cross join raw.configuration as c
  where p.configuration_sha256 not in (select configuration_sha256 from raw.published_configuration)
),
keyed_list as (
  select unnest(['teams', 'services', 'environments', 'sources']) as list, unnest(['team', 'service', 'environment', 'source']) as name_key
),
part as (
  select d.configuration_sha256, k.list || '.' || (i.value ->> k.name_key) as prefix, i.value
  from document as d
  cross join keyed_list as k
  cross join lateral json_each(d.document -> k.list) as i
  union all
  select d.configuration_sha256, t.key, t.value
  from document as d
  cross join lateral json_each(d.document) as t
  where t.key not in (select list from keyed_list)
),
node as (
  select p.configuration_sha256, p.prefix, n.fullkey, n.type, n.value
  from part as p
  cross join lateral json_tree(p.value) as n
)
select
  configuration_sha256,
  prefix || replace(replace(regexp_replace(substr(fullkey, 2), '\[\d+\]$', '[]'), '"', ''), '.options.', '.') as path,
  case when type = 'VARCHAR' then value ->> '$' else value::varchar end as value
from node
where
  (type not in ('OBJECT', 'ARRAY', 'NULL') and not contains(fullkey, '['))
  or regexp_matches(fullkey, '^[^\[]*\[\d+\]$')
order by configuration_sha256, path, value
