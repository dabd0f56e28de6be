/*
title: Until when versions are kept
grain: one row per version that says something and belongs to a class
rule: >
  From the last that it tells of, as long as its class says; of several classes the one that keeps it longest, by name where they keep it equally long. `kept_until` null = for ever, which goes before every other. What
  has no time and is what its source says now is kept as long as it is that
version: 1
*/
create or replace temp table retained as
with kept as (
  select
    d.source, d.stream, d.key, d.version, d.sha256, d.kept_from, c.class, c.words, c.basis,
    case when d.belongs_at is not null or d.is_replaced then d.kept_from + c.kept_for end as kept_until
  from dated_record as d
  join retention_class as c on c.source = d.source and c.stream = d.stream
),
ranked as (
  select *, row_number() over (partition by source, stream, key, version order by kept_until desc nulls first, class) as place
  from kept
)
select source, stream, key, version, sha256, kept_from, class, words, basis, kept_until
from ranked
where place = 1
