/*
measure: time_to_full_exposure
title: From first to all users
question: How long does a feature take from its first users to all of them?
rule: >
  From the first time that a flag was on to the first time that it was on for all users, of flags that got there; a switch on that names no share is one for all. A flag that was on for all at once took no time.
version: 1
unit: seconds
statistic: median
made_from: [flag]
connect: a file of switches of feature flags, with the share of users that they reach, would bring them
fact: flag
facts: flags
*/
with reached as (
  select
    source, name, service,
    min(occurred_at) filter (where is_on) as on_at,
    min(occurred_at) filter (where is_on and coalesce(share, 1) >= 1) as all_at
  from model.flag
  group by source, name, service
)
select
  service,
  all_at as occurred_at,
  date_diff('second', on_at, all_at) as value,
  null as is_hit,
  source || ':' || name as subject,
  null as cut
from reached
where all_at is not null
order by occurred_at, subject, service
