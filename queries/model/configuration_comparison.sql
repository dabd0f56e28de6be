/*
title: Comparisons of configuration
grain: one row per comparison of two environments
description: Made before as-of. `open` are the differences that are neither meant nor accepted. Instants are UTC.
*/
select
  c.source || ':' || c.id as configuration_comparison_id,
  c.id as native_id,
  c.source,
  coalesce(a.environment, c.environment) as environment,
  coalesce(b.environment, c.compared_with) as compared_with,
  c.service,
  c.checked_at,
  c.differences,
  coalesce(c.accepted, 0) as accepted,
  greatest(c.differences - coalesce(c.accepted, 0), 0) as open,
  coalesce(c.details, []) as details,
  c.tool,
  c.url
from staging.files_configuration_comparison as c
left join model.environment_name as a on a.name = c.environment
left join model.environment_name as b on b.name = c.compared_with
where c.checked_at < getvariable('as_of')
order by configuration_comparison_id
