/*
measure: experiments_decided
title: Experiments decided
question: How many experiments were decided, and how?
rule: Experiments with a decision, by when it was made.
version: 1
unit: experiments
statistic: count
made_from: [experiment]
connect: a file of experiments with their decision would bring them
fact: experiment
facts: experiments
cut: decision
*/
select
  service,
  decided_at as occurred_at,
  null as value,
  null as is_hit,
  experiment_id as subject,
  decision as cut
from model.experiment
where decision is not null
order by occurred_at, subject
