/*
measure: stage_differences
title: Settings that differ between stages
question: How many settings differ between two stages without being meant to?
rule: Comparisons of the configuration of two environments, by when they were made; the differences that are neither meant nor accepted.
version: 1
unit: settings
statistic: median
better: lower
made_from: [configuration_comparison]
connect: the results of a comparison of two stages' configuration, such as a file that a tool writes, would bring them
fact: comparison
facts: comparisons
cut: pair of stages
*/
select
  service,
  checked_at as occurred_at,
  open as value,
  null as is_hit,
  configuration_comparison_id as subject,
  environment || ' with ' || compared_with as cut
from model.configuration_comparison
order by occurred_at, subject
