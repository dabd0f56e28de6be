/*
measure: mixed_versions
title: Two versions side by side
question: How long do an old and a new version run at once?
rule: From the first copy of an environment that runs what was deployed to the last, of production deployments to more than one copy.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [deployment, environment]
connect: deployments to each copy of an environment, with copies named under environments, would bring them
fact: deployment to several copies
facts: deployments to several copies
*/
select
  service,
  completed_at as occurred_at,
  date_diff('second', live_at, completed_at) as value,
  null as is_hit,
  wave_id as subject,
  null as cut
from model.wave
where copies > 1 and completed_at >= live_at
order by occurred_at, subject
