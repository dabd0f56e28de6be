/*
title: Feature flags
grain: one row per switch of a flag
*/
select source, name, service, "at" as occurred_at, is_on, actor
from staging.files_flag
where "at" < getvariable('as_of')
order by source, name, occurred_at
