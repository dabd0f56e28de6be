/*
title: What the site says about itself
grain: one row
*/
select
  organisation,
  time_zone,
  as_of,
  product_version as version,
  getvariable('industry')::varchar as industry
from reports.provenance
order by organisation
