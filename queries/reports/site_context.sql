/*
title: What the site says about itself
grain: one row
*/
with newest_run as (
  select max_by(run_id, run_id) as run_id
  from raw.run
  where status <> 'running'
),
named_version as (
  select product_version
  from raw.run
  where run_id = (select run_id from newest_run)
)
select
  o.name as organisation,
  o.time_zone,
  getvariable('as_of')::timestamptz as as_of,
  r.run_id::varchar as run_id,
  coalesce(v.product_version, '') as version,
  getvariable('industry')::varchar as industry
from model.organisation as o
cross join newest_run as r
left join named_version as v on true
order by o.name
