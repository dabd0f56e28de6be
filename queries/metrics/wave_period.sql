/*
title: Periods of production deployments
grain: one row per production wave and period in which it ended
description: Looked up once for each wave, not for each change that it shipped or scope that counts it.
*/
select w.wave_id, p.period_kind, p.period_start
from model.wave as w
join metrics.period as p on w.completed_at >= p.period_start and w.completed_at < p.period_end
order by w.wave_id, p.period_kind, p.period_start
