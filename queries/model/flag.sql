/*
title: Feature flags
grain: one row per switch of a flag
description: "`share` is of users who have it while it is on, 0 to 1; null = all."
*/
select source, name, service, "at" as occurred_at, is_on, share, actor
from staging.files_flag
where "at" < getvariable('as_of')
order by source, name, occurred_at
