/*
title: Last collections
grain: one row per source that was ever collected to its end
description: When the last completed reading of any of its streams began; until then its data is known.
*/
select source, max(started_at) as collected_at
from raw.source_run
where status = 'completed'
group by source
order by source
