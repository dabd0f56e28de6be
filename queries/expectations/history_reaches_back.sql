/*
title: Changes shipped after the history begins
grain: one row per service whose first known deployment ships changes that may have shipped before
*/
select
  service as subject,
  count(*) as rows,
  'Their lead time is unknown: the first known deployment contains them.' as effect,
  'Collect earlier deployments, or declare active_from for the service.' as remedy
from model.wave_change
where is_before_history
group by service
order by service
