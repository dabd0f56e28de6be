/*
measure: release_on_time
title: Releases on time
question: What share of releases comes out by its planned day?
rule: Releases whose planned day is over, by that day; a hit where it was out by the end of it. One that is not out yet is late.
version: 1
unit: ratio
statistic: share
better: higher
made_from: [release]
connect: releases with a planned and an actual date would bring them
fact: planned release
facts: planned releases
cut: class of release
*/
with planned as (
  select
    service, release_id, kind, planned_at,
    timezone(getvariable('time_zone'), planned_at)::date as planned_on,
    timezone(getvariable('time_zone'), published_at)::date as published_on
  from model.release
  where planned_at is not null
)
select
  service,
  planned_at as occurred_at,
  null as value,
  coalesce(published_on <= planned_on, false) as is_hit,
  release_id as subject,
  coalesce(kind, 'not classified') as cut
from planned
where planned_on < timezone(getvariable('time_zone'), getvariable('as_of')::timestamptz)::date
order by occurred_at, subject
