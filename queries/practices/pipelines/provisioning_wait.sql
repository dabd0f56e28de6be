/*
measure: provisioning_wait
title: Wait for provisioning
question: How long does a pipeline wait until a runner or environment is there?
rule: From when a runner or environment was asked for to when it could be used, of those that are there. Told apart from the queue and from the run, of which it may be a part.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [provisioning]
connect: a file of provisioning, which says when a runner or environment was asked for and ready, would bring them
fact: runner or environment
facts: runners and environments
cut: what was asked for
*/
select
  service,
  ready_at as occurred_at,
  date_diff('second', requested_at, ready_at) as value,
  null as is_hit,
  provisioning_id as subject,
  kind as cut
from model.provisioning
where ready_at >= requested_at
order by occurred_at, subject
