/*
title: From each publication to the next
grain: one row per publication but the first, this build included where it differs from the one before
*/
with published as (
  select r.publication, r.as_of, r.configuration_sha256, r.queries_sha256, r.product_version
  from raw.publication as r
  join reports.publication as p on r.publication <= p.base_publication
  union all
  select publication, as_of, configuration_sha256, queries_sha256, product_version
  from reports.publication
  where is_new
),
step as (
  select
    publication, as_of, configuration_sha256, queries_sha256, product_version,
    lag(publication) over (order by publication) as from_publication,
    lag(as_of) over (order by publication) as from_as_of,
    lag(configuration_sha256) over (order by publication) as from_configuration_sha256,
    lag(queries_sha256) over (order by publication) as from_queries_sha256,
    lag(product_version) over (order by publication) as from_product_version
  from published
)
select
  publication, as_of, configuration_sha256, queries_sha256, product_version,
  from_publication, from_as_of, from_configuration_sha256, from_queries_sha256, from_product_version
from step
where from_publication is not null
order by publication
