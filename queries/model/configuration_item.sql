/*
title: Configuration items
grain: one row per item of the configuration database
*/
with reported as (
  select source, id, name, service, version, owner, updated_at
  from staging.files_configuration_item
  union all
  select source, id, name, service, version, owner, updated_at
  from staging.servicenow_configuration_item
)
select source || ':' || id as configuration_item_id, name, service, version, owner, updated_at
from reported
where updated_at is null or updated_at < getvariable('as_of')
order by configuration_item_id
