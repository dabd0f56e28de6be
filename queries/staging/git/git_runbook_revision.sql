/*
title: Runbook revisions from git
description: >
  Changes of files that fit a configured pattern; of two patterns that fit the first counts. A pattern that fits a folder takes what is in it. `revised_at` is when the change
  reached the main line.
grain: one row per source, repository, commit and path
*/
with repository as (
  select
    s.source,
    entry.value ->> '$.repository' as repository,
    entry.value -> '$.runbooks' as runbooks
  from staging.source as s,
    json_each(s.options, '$.repositories') as entry
  where s.collector = 'git'
),
rule as (
  select
    r.source,
    r.repository,
    cast(entry.key as integer) + 1 as rule_index,
    entry.value ->> '$.service' as service,
    entry.value -> '$.services' as services,
    regexp_escape(entry.value ->> '$.files') as escaped
  from repository as r,
    json_each(r.runbooks) as entry
),
matcher as (
  select
    source,
    repository,
    rule_index,
    service,
    services,
    contains(escaped, '\{service\}') as names_service,
    '^' || replace(
      replace(
        replace(replace(replace(escaped, '\*\*\/', '(?:[^/]+/)*'), '\*\*', '.*'), '\*', '[^/]*'),
        '\?', '[^/]'
      ),
      '\{service\}', '([^/]+?)'
    ) || '(?:/.*)?$' as pattern
  from rule
),
record as (
  select source, key as id, payload, payload ->> '$.repository' as repository, payload ->> '$.path' as path
  from raw.current
  where stream = 'runbook'
),
fitting as (
  select
    m.source,
    r.id,
    r.payload,
    case when m.names_service then regexp_extract(r.path, m.pattern, 1, 's') else m.service end as service,
    m.services,
    row_number() over (partition by m.source, r.id order by m.rule_index) as fit
  from matcher as m
  join record as r on r.source = m.source and r.repository = m.repository and regexp_matches(r.path, m.pattern, 's')
),
named as (
  select
    f.source,
    f.id,
    f.payload,
    coalesce(k.value ->> '$', f.service) as service
  from fitting as f
  left join lateral (
    select each.value
    from json_each(f.services) as each
    where each.key = f.service
  ) as k on true
  where f.fit = 1
)
select
  source,
  id,
  case when payload ->> '$.status' similar to 'D+' then 'removal' else 'revision' end as kind,
  service,
  payload ->> '$.repository' as repository,
  payload ->> '$.path' as path,
  payload ->> '$.sha' as sha,
  coalesce(nullif(lower(payload ->> '$.author_email'), ''), nullif(payload ->> '$.author_name', '')) as author,
  staging.instant(payload ->> '$.committed_at') as written_at,
  coalesce(staging.instant(payload ->> '$.landed_at'), staging.instant(payload ->> '$.committed_at')) as revised_at
from named
order by source, id
