/*
title: Addresses that are nobody's own
grain: one row per pattern of addresses
description: Patterns are those of `like` with a backslash before what is meant as it is.
*/
with listed as (
  select unnest(from_json(document -> 'people' -> 'shared_addresses', '["VARCHAR"]')) as address
  from raw.configuration
)
select distinct replace(replace(replace(replace(lower(trim(address)), '\', '\\'), '%', '\%'), '_', '\_'), '*', '%') as pattern
from listed
order by pattern
