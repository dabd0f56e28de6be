/*
title: Last collections
grain: one row per source that was ever collected to its end
description: When the last completed reading of any of its streams began; until then its data is known, and never beyond as-of.
*/
select source, least(max(started_at), getvariable('as_of')::timestamptz) as collected_at
from raw.source_run
where status = 'completed'
group by source
order by source
