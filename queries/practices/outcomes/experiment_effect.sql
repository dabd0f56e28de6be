/*
measure: experiment_effect
title: Effect of experiments
question: By how much does the variant differ from what there was?
rule: Difference of variant and control as a share of control, of decided experiments that say both. The interval is that of the median of experiments; that of a single one stands in the list of experiments where its source states it.
version: 1
unit: ratio
statistic: median
made_from: [experiment]
connect: a file of experiments with the value of control and variant would bring them
fact: experiment
facts: experiments
cut: decision
*/
select
  service,
  decided_at as occurred_at,
  (variant_value - control_value) / abs(control_value) as value,
  null as is_hit,
  experiment_id as subject,
  coalesce(decision, 'not decided') as cut
from model.experiment
where control_value <> 0 and variant_value is not null
order by occurred_at, subject
