/*
title: Copies of production data
grain: one row per copy
description: >
  Made before as-of; `used_from` is when it could first be used. Instants are UTC.
*/
select
  r.source || ':' || r.id as data_copy_id,
  r.id as native_id,
  r.source,
  r.service,
  r.dataset,
  coalesce(origin.environment, r.from_environment) as from_environment,
  coalesce(target.environment, r.to_environment) as to_environment,
  r.copied_at,
  coalesce(r.used_from, r.copied_at) as used_from,
  r.has_personal_data,
  r.actor,
  r.url
from staging.files_data_copy as r
left join model.environment_name as origin on origin.name = r.from_environment
left join model.environment_name as target on target.name = r.to_environment
where r.copied_at is null or r.copied_at < getvariable('as_of')
order by data_copy_id
