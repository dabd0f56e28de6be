/*
title: Results of experiments
grain: one row per experiment
rule: >
  `effect` is variant less control as a share of the control. The interval is that of the difference, as the source states it: "differs" where it leaves out zero, "no clear difference" where it does not, "no interval" where
  the source states none
version: 1
*/
select
  experiment_id,
  native_id,
  source,
  service,
  name,
  metric,
  flag,
  version,
  control_value,
  variant_value,
  variant_value - control_value as difference,
  case when control_value <> 0 then (variant_value - control_value) / abs(control_value) end as effect,
  difference_low,
  difference_high,
  case
    when difference_low > 0 or difference_high < 0 then 'differs'
    when difference_low is not null and difference_high is not null then 'no clear difference'
    else 'no interval'
  end as evidence,
  decision,
  started_at,
  decided_at
from model.experiment
order by experiment_id
