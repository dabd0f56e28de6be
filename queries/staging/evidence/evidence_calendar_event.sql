/*
title: Calendar events
description: >
  Every time at which an event of a calendar happens. A category that the configuration names says what the event is, else a category that is the word
  itself, else the longest words of the configuration that its title holds. Days, and times without a zone, are the organisation's.
  Cancelled events are left out, and repetitions that begin more than a year after as-of.
grain: one row per source, file, event and time
*/
with listed as (
  select
    source, path, scope, service, environment, options -> '$.kinds' as kinds,
    unnest(from_json(said -> '$.events', '["JSON"]')) as item,
    unnest(range(json_array_length(said, '$.events')::bigint)) as position
  from staging.evidence_document
  where format = 'icalendar'
),
event as (
  select
    source, path, position, scope, service, environment,
    item ->> '$.uid' as uid,
    nullif(item ->> '$.summary', '') as summary,
    coalesce(try_cast(item ->> '$.is_repeated' as boolean), false) as is_repeated,
    from_json(item -> '$.categories', '["VARCHAR"]') as categories,
    from_json(item -> '$.occurrences', '[{"planned":"VARCHAR","start":"VARCHAR","end":"VARCHAR"}]') as occurrences
  from listed
  where item ->> '$.status' <> 'CANCELLED'
),
named_kind as (
  select distinct source, path, unnest(json_keys(kinds)) as words, kinds
  from listed
),
meant as (
  select
    source,
    path,
    lower(words) as words,
    json_extract_string(kinds, '/' || replace(replace(words, '~', '~0'), '/', '~1')) as kind
  from named_kind
),
category as (
  select source, path, position, lower(trim(unnest(categories))) as category
  from event
),
choice as (
  select c.source, c.path, c.position, 1 as rank, m.words, m.kind
  from category as c
  join meant as m on m.source = c.source and m.path = c.path and m.words = c.category
  union all
  select source, path, position, 2 as rank, category as words, category as kind
  from category
  where category in ('freeze', 'blackout', 'maintenance', 'stabilisation', 'peak', 'milestone')
  union all
  select e.source, e.path, e.position, 3 as rank, m.words, m.kind
  from event as e
  join meant as m on m.source = e.source and m.path = e.path and contains(lower(e.summary), m.words)
),
ranked as (
  select source, path, position, kind, row_number() over (partition by source, path, position order by rank, length(words) desc, words, kind) as choice
  from choice
),
happening as (
  select source, path, position, scope, service, environment, uid, summary, is_repeated, unnest(occurrences) as o
  from event
),
dated as (
  select
    *,
    case
      when length(o.start) = 10 then timezone(getvariable('time_zone'), staging.clock(o.start))
      when o.start like '%Z' then staging.instant(o.start)
      else timezone(getvariable('time_zone'), staging.clock(o.start))
    end as starts_at,
    case
      when length(o."end") = 10 then timezone(getvariable('time_zone'), staging.clock(o."end"))
      when o."end" like '%Z' then staging.instant(o."end")
      else timezone(getvariable('time_zone'), staging.clock(o."end"))
    end as ends_at
  from happening
)
select
  d.source,
  d.path,
  d.position,
  to_json(case when d.is_repeated then [d.path, d.uid, d.o.planned] else [d.path, d.uid] end)::varchar as id,
  r.kind,
  coalesce(d.scope, d.service, d.environment) as scope,
  d.summary,
  d.starts_at,
  d.ends_at
from dated as d
left join ranked as r on r.source = d.source and r.path = d.path and r.position = d.position and r.choice = 1
where not d.is_repeated or d.starts_at < getvariable('as_of')::timestamptz + interval 1 year
order by d.source, d.path, d.position, id
