/*
title: Experiments on pages
grain: one row per experiment
description: The latest decision first by `position`, then what is not decided.
*/
select
  row_number() over (order by e.decided_at desc nulls last, e.started_at desc nulls last, e.experiment_id) as position,
  e.experiment_id,
  e.native_id,
  e.source,
  e.service,
  coalesce(s.title, e.service) as service_title,
  e.name,
  e.metric,
  e.flag,
  e.control_value,
  e.variant_value,
  e.effect,
  e.difference_low,
  e.difference_high,
  e.evidence,
  e.decision,
  e.decided_at
from practices.experiment_result as e
left join model.service as s on s.service = e.service
order by position
