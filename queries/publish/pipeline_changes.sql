/*
title: Before and after changes of pipelines
grain: one row per change of a pipeline and what is compared
audience: teams
columns:
  pipeline_change_id: Identifier of the change
  title: What was changed
  service: Service; null = all
  workflow: Pipeline; null = all
  changed_at: From when on
  action: Action that asked for it
  aspect: run time, queue, provisioning, failed runs or lead time
  unit: seconds or ratio
  days: Days before, and as many after
  before_n: Facts before
  before_value: Median, or share, before
  before_low: Lower end of its 95 % interval
  before_high: Upper end
  after_n: Facts after
  after_value: Median, or share, after
  after_low: Lower end of its 95 % interval
  after_high: Upper end
  other_changes: Other changes of the same pipelines in these days
  verdict: better, worse, no clear difference, not enough evidence or no data
*/
select
  pipeline_change_id,
  title,
  service,
  workflow,
  changed_at,
  action,
  aspect,
  unit,
  days,
  before_n,
  before_value,
  before_low,
  before_high,
  after_n,
  after_value,
  after_low,
  after_high,
  other_changes,
  verdict
from reports.site_pipeline_change
order by pipeline_change_id, aspect
