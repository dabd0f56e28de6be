/*
measure: plan_moved
title: Planned dates moved
question: By how much is a planned date moved, and why?
rule: From the date that was planned until then to the new one, by when it was moved; negative where it was brought forward. A date that was taken back without a new one is none.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [moved_date]
connect: a file of moved dates of releases and milestones with their reasons would bring them
fact: moved date
facts: moved dates
cut: reason
*/
select
  service,
  decided_at as occurred_at,
  date_diff('second', planned_at, moved_to) as value,
  null as is_hit,
  moved_date_id as subject,
  coalesce(cause, 'not said') as cut
from model.moved_date
where moved_to is not null
order by occurred_at, subject
