/*
title: Names by which people call production deployments
grain: one row per name, service in which it holds (null = everywhere) and wave
*/
select native_id as name, null as service, wave_id
from model.deployment
where wave_id is not null
union
select deployment_id as name, null as service, wave_id
from model.deployment
where wave_id is not null
union
select version as name, service, wave_id
from model.wave
where version is not null
union
select sha as name, service, wave_id
from model.wave
where sha is not null
order by name, service nulls first, wave_id
