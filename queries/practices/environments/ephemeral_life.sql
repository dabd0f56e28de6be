/*
measure: ephemeral_life
title: Life of ephemeral environments
question: How long does an environment live that is made for a while?
rule: From when an ephemeral environment was made to when it was removed, by the latter. One that is still there is none.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [environment]
connect: a file of environments with when each was made and removed, or events of them, would bring them
fact: ephemeral environment
facts: ephemeral environments
cut: kind of environment
*/
select
  null as service,
  removed_at as occurred_at,
  date_diff('second', created_at, removed_at) as value,
  null as is_hit,
  environment as subject,
  kind as cut
from model.environment_life
where is_ephemeral and kind <> 'production' and removed_at >= created_at
order by occurred_at, subject
