/*
control: POP-03
title: The collected population is complete
question: Does the source hold with us all that it says it has?
grain: one row per source
rule: >
  Each of its streams was read to its end, holds as many records as the source declares (with what was disposed of by policy, whose hash is kept), had no row rejected, and no number is missing in those whose ids are numbered. A stream for which the
  source declares no total counts as complete where somebody asserts so for every service until its last collection, else nobody knows
version: 2
units: [source]
severity: critical
owner: Internal control
needs:
  - { of: source, as: supporting }
parameters:
  numbered_streams:
    default: []
    description: Streams whose ids end in a number without gaps, as source and stream, such as "jira issue".
frameworks:
  sox: [AS 1105.10, AS 2315]
  soc2: [CC2.1, CC4.1]
  iso_27001: ["5.28"]
  nist_800_53: [AU-12, CM-3(f)]
  annex_11: ["5"]
remedy: Mend what was rejected or broken off and collect again. Where the source declares no total, let somebody who knows assert that it is complete (`complete` of the source).
steps:
  - when: "could not be read"
    do: "See on the data page which rows were refused and why, correct them at their source, and collect again."
  - when: "are stored"
    do: "Collect again; if the numbers still differ, run `quarterdeck doctor` for {unit}."
  - when: "is missing"
    do: "Find out at the source whether the missing numbers were deleted, and collect again."
  - when: "are missing"
    do: "Find out at the source whether the missing numbers were deleted, and collect again."
  - when: "never read to its end"
    do: "Collect again and let it run to its end."
  - when: "does not say how many records it has"
    do: "Let somebody who knows say for each of these kinds that it is complete: `complete` of {unit} in quarterdeck.yaml, with `entity`, `asserted_by` and the days for which it holds."
*/
with asserted as (
  select a.source, a.entity
  from model.completeness_assertion as a
  join model.last_collection as l on l.source = a.source and a.asserted_until >= l.collected_at
  group by a.source, a.entity
  having count(distinct a.service) = (select count(*) from model.service)
),
numbered_stream as (
  select source, stream
  from controls.stream_tally
  where list_contains(getvariable('pop_03_numbered_streams'), source || ' ' || stream)
),
numbered as (
  select
    c.source,
    c.stream,
    regexp_extract(c.name, '^(.*?)\d{1,15}$', 1) as series,
    try_cast(regexp_extract(c.name, '(\d{1,15})$', 1) as bigint) as number
  from (
    select
      r.source, r.stream,
      coalesce(r.payload ->> '$.repository', '') || ' ' || coalesce(r.payload ->> '$.number', r.payload ->> '$.key', r.payload ->> '$.id', r.key) as name
    from raw.current as r
    join numbered_stream as n on n.source = r.source and n.stream = r.stream
  ) as c
),
series as (
  select source, stream, max(number) - min(number) + 1 - count(distinct number) as gaps
  from numbered
  group by source, stream, series
),
gap as (
  select source, stream, sum(gaps)::bigint as gaps
  from series
  group by source, stream
),
stream as (
  select
    t.*,
    coalesce(g.gaps, 0) as gaps,
    g.source is not null as is_numbered,
    a.source is not null as is_asserted,
    t.declared_total > t.known as is_short,
    t.known - t.records as gone
  from controls.stream_tally as t
  left join gap as g on g.source = t.source and g.stream = t.stream
  left join asserted as a on a.source = t.source and a.entity = t.stream
),
problem as (
  select source, 1 as place, stream, 'of ' || stream || ' it declares ' || declared_total || ' records, and ' || records || ' are stored' || case when gone > 0 then ', ' || gone || ' were disposed of' else '' end as words
  from stream
  where is_short
  union all
  select source, 2 as place, stream, rejected || case rejected when 1 then ' row of ' else ' rows of ' end || stream || ' could not be read' as words
  from stream
  where rejected > 0
  union all
  select source, 3 as place, stream, 'in the ids of ' || stream || ' ' || gaps || case gaps when 1 then ' number is missing' else ' numbers are missing' end as words
  from stream
  where gaps > 0
),
found as (
  select source, string_agg(words, '; ' order by place, stream) as words
  from problem
  group by source
),
whole as (
  select
    source,
    string_agg(stream, ', ' order by stream) filter (where not is_read) as unread,
    string_agg(stream, ', ' order by stream) filter (where is_read and declared_total is null and not is_asserted) as undeclared,
    string_agg(stream, ', ' order by stream) filter (where is_read and declared_total is null and is_asserted) as asserted,
    sum(gone)::bigint as gone,
    (sum(records) filter (where is_read and declared_total is null and not is_asserted))::bigint as undeclared_records,
    bool_or(is_numbered) as is_numbered,
    sum(records)::bigint as records
  from stream
  group by source
)
select
  'source' as unit_kind,
  s.source as unit,
  null as service,
  null as environment,
  l.collected_at as occurred_at,
  null::timestamptz as due_at,
  case
    when w.source is null then 'not_applicable'
    when f.source is not null then 'fail'
    when w.unread is not null or w.undeclared is not null then 'unknown'
    else 'pass'
  end as verdict,
  case
    when w.source is null then 'Nothing was ever asked of this source.'
    when f.source is not null then 'What the source gave is not complete: ' || f.words || '.'
    when w.unread is not null then 'The source was never read to its end: ' || w.unread || '.'
    when w.undeclared is not null
      then 'The source does not say how many records it has of ' || replace(w.undeclared, '_', ' ') || ', and there is no completeness assertion that says so: the ' || w.undeclared_records || ' read can be held against nothing. No row was refused'
      || case when w.is_numbered then ', and no number is missing' else '' end || '. Who knows that they are all there can say so (`complete` of the source).'
    else 'All ' || w.records || ' records are there'
      || case when w.gone > 0 then ', beside ' || w.gone || ' that were disposed of, whose hash is kept' else '' end
      || case when w.asserted is null then ', as the source declares itself.' else '; of ' || replace(w.asserted, '_', ' ') || ' somebody said that they are complete.' end
  end as reason,
  []::varchar[] as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from staging.source as s
left join whole as w on w.source = s.source
left join found as f on f.source = s.source
left join model.last_collection as l on l.source = s.source
order by unit
