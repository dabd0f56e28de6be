/*
title: Values of Jira's fields
description: >
  As text: a choice by its value, a person by login, e-mail address or account, rich text without its marks and with a line for each
  paragraph. `texts` has each value of a field that holds several. "at" is the instant where it is one: without an offset it is in the organisation's time
  zone, and what is planned to end on a day ends with it.
grain: one row per source, issue and role of a field that is filled
*/
with filled as (
  select
    r.source,
    r.key as issue_id,
    f.role,
    json_extract(r.payload -> '$.fields', '/' || f.field_id) as value
  from raw.current as r
  join staging.jira_field as f on f.source = r.source
  where r.stream = 'issue'
),
rich as (
  select source, issue_id, role, value
  from filled
  where json_type(value) = 'OBJECT' and (value ->> '$.type') = 'doc'
),
piece as (
  select
    r.source,
    r.issue_id,
    r.role,
    t.id as place,
    case
      when t.key = 'text' then t.value ->> '$'
      when t.key = 'url' then chr(31) || (t.value ->> '$') || chr(31)
      when (t.value ->> '$') in ('paragraph', 'heading', 'codeBlock', 'hardBreak', 'taskItem', 'decisionItem') then chr(10)
    end as text
  from rich as r,
    json_tree(r.value) as t
  where t.key in ('text', 'url', 'type') and t.type = 'VARCHAR'
),
joined as (
  select source, issue_id, role, string_agg(text, '' order by place) as text
  from piece
  where text is not null
  group by source, issue_id, role
),
-- A card is a word of its own, also where no space is written beside it.
plain as (
  select
    source,
    issue_id,
    role,
    trim(replace(regexp_replace(regexp_replace(text, '(\s|^)\x1f+', '\1', 'g'), '\x1f+(\s|$)', '\1', 'g'), chr(31), ' '), chr(10) || ' ') as text
  from joined
),
element as (
  select source, issue_id, role, 1 as place, value
  from filled
  where json_type(value) not in ('ARRAY', 'NULL') and not (json_type(value) = 'OBJECT' and coalesce(value ->> '$.type', '') = 'doc')
  union all
  select f.source, f.issue_id, f.role, cast(e.key as bigint) + 1 as place, e.value
  from filled as f,
    json_each(f.value) as e
  where json_type(f.value) = 'ARRAY'
),
simple as (
  select
    source,
    issue_id,
    role,
    place,
    case
      when json_type(value) = 'OBJECT'
        then coalesce(value ->> '$.value', value ->> '$.name', value ->> '$.emailAddress', value ->> '$.accountId', value ->> '$.displayName')
      else value ->> '$'
    end as text
  from element
),
several as (
  select source, issue_id, role, list(text order by place) as texts
  from simple
  where trim(text) <> ''
  group by source, issue_id, role
),
value as (
  select source, issue_id, role, array_to_string(texts, ', ') as text, texts
  from several
  union all
  select source, issue_id, role, text, [text] as texts
  from plain
  where text <> ''
)
select
  source,
  issue_id,
  role,
  text,
  texts,
  case
    -- Words such as infinity are times to the database, and years of five digits break what is computed with them.
    when not regexp_matches(text, '^\d{4}\D') then null
    when regexp_matches(text, ':.*(Z|[+-][0-9:]+)$') then staging.instant(text)
    when role = 'planned_end' and regexp_full_match(text, '\d{4}-\d{2}-\d{2}')
      then timezone(getvariable('time_zone'), staging.clock(text) + interval 1 day)
    else try(timezone(getvariable('time_zone'), staging.clock(text)))
  end as "at"
from value
order by source, issue_id, role
