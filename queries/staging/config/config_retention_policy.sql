/*
title: Retention policies as configured
grain: one row per class of `retention` and kind of record that it names
rule: >
  Classes that somebody wrote, by the names that schedules use: a class of all kinds speaks of deployments, one of some kinds of those. What is kept for ever needs no judgement, and the preset is nobody's policy
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'retention', '[{"class":"VARCHAR","keep_for":"BIGINT","keep_unit":"VARCHAR","basis":"VARCHAR","sources":["VARCHAR"],"streams":["VARCHAR"]}]'
      )
    ) as item
  from raw.configuration
),
word (stream, record_class) as (
  values
  ('deployment', 'deployment'), ('change_request', 'change request'), ('change_request_approval', 'approval'), ('incident', 'incident'), ('test_result', 'test result'),
  ('artifact', 'artifact')
),
source as (
  select item.class as class, unnest(item.sources) as system
  from listed
)
select distinct
  l.item.class || ' (' || w.record_class || case when s.system <> '*' then ', ' || s.system else '' end || ')' as id,
  w.record_class,
  l.item.keep_for as keep_for,
  l.item.keep_unit as keep_unit,
  case when s.system <> '*' then s.system end as system,
  l.item.basis as basis
from listed as l
join word as w on list_contains(l.item.streams, w.stream) or (list_contains(l.item.streams, '*') and w.stream = 'deployment')
join source as s on s.class = l.item.class
where l.item.keep_for is not null
order by id
