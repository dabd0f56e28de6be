/*
measure: milestones_on_time
title: Milestones on time
question: What share of milestones is reached by its planned day?
rule: Milestones whose planned day is over, by that day; a hit where it was reached by the end of it. One that is about no service counts for the organisation only.
version: 1
unit: ratio
statistic: share
better: higher
made_from: [milestone]
connect: a file of milestones with their planned and actual dates would bring them
fact: milestone
facts: milestones
*/
with planned as (
  select
    milestone_id, scope, planned_at,
    timezone(getvariable('time_zone'), planned_at)::date as planned_on,
    timezone(getvariable('time_zone'), actual_at)::date as reached_on
  from model.milestone
  where planned_at is not null
)
select
  s.service,
  p.planned_at as occurred_at,
  null as value,
  coalesce(p.reached_on <= p.planned_on, false) as is_hit,
  p.milestone_id as subject,
  null as cut
from planned as p
left join model.service as s on s.service = p.scope
where p.planned_on < timezone(getvariable('time_zone'), getvariable('as_of')::timestamptz)::date
order by occurred_at, subject
