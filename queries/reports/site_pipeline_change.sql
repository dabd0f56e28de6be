/*
title: Changes of pipelines on pages
grain: one row per change of a pipeline and what is compared
description: The newest change first by `position`; without a service it is of all.
*/
select
  row_number() over (order by c.changed_at desc, c.pipeline_change_id, e.aspect_position) as position,
  dense_rank() over (order by c.changed_at desc, c.pipeline_change_id) as change_position,
  c.pipeline_change_id,
  c.native_id,
  c.title,
  c.service,
  coalesce(s.title, c.service) as service_title,
  c.workflow,
  c.changed_at,
  c.action,
  c.url,
  e.aspect,
  e.unit,
  e.days,
  e.before_n,
  e.before_hits,
  e.before_value,
  e.before_low,
  e.before_high,
  e.after_n,
  e.after_hits,
  e.after_value,
  e.after_low,
  e.after_high,
  e.other_changes,
  e.verdict
from practices.pipeline_change_effect as e
join model.pipeline_change as c on c.pipeline_change_id = e.pipeline_change_id
left join model.service as s on s.service = c.service
order by position
