/*
title: Configuration items
grain: one row per item of the configuration database
*/
select source || ':' || id as configuration_item_id, name, service, version, owner, updated_at
from staging.files_configuration_item
where updated_at is null or updated_at < getvariable('as_of')
order by configuration_item_id
