/*
title: Last collections
grain: one row per source that was ever collected to its end
description: When the last completed reading of any of its streams began; until then its data is known, and never beyond as-of.
*/
-- The last by its number, for a clock may have been ahead once.
select source, least(max_by(started_at, run_id), getvariable('as_of')::timestamptz) as collected_at
from raw.source_run
where status = 'completed'
group by source
order by source
