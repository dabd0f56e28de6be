/*
measure: slips_explained
title: Slips with a reason
question: Does somebody say why, where a release or milestone is late?
rule: Releases and milestones that were late by the day, or are not there yet, by the planned day; a hit where a moved date of it names a reason. Told from the first moved date on record on.
version: 1
unit: ratio
statistic: share
better: higher
made_from: [release, milestone, moved_date]
connect: a file of moved dates of releases and milestones with their reasons would bring them
fact: late date
facts: late dates
cut: kind
*/
with late as (
  select service, occurred_at, subject, 'release' as kind
  from practices.release_on_time
  where not is_hit
  union all
  select service, occurred_at, subject, 'milestone'
  from practices.milestones_on_time
  where not is_hit
),
known as (
  select min(decided_at) as first_at
  from model.moved_date
),
explained as (
  select distinct coalesce(release_id, milestone_id) as subject
  from model.moved_date
  where coalesce(cause, reason) is not null
)
select
  l.service,
  l.occurred_at,
  null as value,
  e.subject is not null as is_hit,
  l.subject,
  l.kind as cut
from late as l
join known as k on l.occurred_at >= k.first_at
left join explained as e on e.subject = l.subject
order by l.occurred_at, l.subject
