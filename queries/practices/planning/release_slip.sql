/*
measure: release_slip
title: Slip of a release
question: How late are releases against their plan?
rule: From the planned to the actual time of a release; negative where it came early. Releases without a plan, or not yet out, are none.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [release]
connect: releases with a planned and an actual date would bring them
fact: release
facts: releases
cut: class of release
*/
select
  service,
  published_at as occurred_at,
  date_diff('second', planned_at, published_at) as value,
  null as is_hit,
  release_id as subject,
  coalesce(kind, 'not classified') as cut
from model.release
where planned_at is not null and published_at is not null
order by occurred_at, subject
