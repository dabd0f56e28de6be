/*
title: Precision and recall by threshold
grain: one row per threshold, the present one and every confidence at which something changes
rule: >
  Precision: right links among those that count. Recall: right links that count among all causes that are known. F1: their harmonic mean.
  Best is the threshold with the highest F1, of equals the highest
version: 1
*/
with cause as (
  select count(*) as causes
  from correlation.labelled_link
  where wave_id is not null
),
threshold as (
  select confidence as threshold
  from correlation.judged_link
  where is_deciding
  union
  select cast(getvariable('link_threshold') as double) as threshold
),
step as (
  select confidence as threshold, count(*) as links, count(*) filter (where is_true) as correct
  from correlation.judged_link
  where is_deciding
  group by confidence
),
joined as (
  select t.threshold, coalesce(s.links, 0) as links, coalesce(s.correct, 0) as correct
  from threshold as t
  left join step as s on s.threshold = t.threshold
),
cumulated as (
  select
    threshold,
    sum(links) over (order by threshold desc rows between unbounded preceding and current row) as accepted,
    sum(correct) over (order by threshold desc rows between unbounded preceding and current row) as correct
  from joined
),
scored as (
  select
    u.threshold,
    u.accepted::bigint as accepted,
    u.correct::bigint as correct,
    c.causes,
    case when u.accepted > 0 then round(u.correct::double / u.accepted, 6) end as precision,
    case when c.causes > 0 then round(u.correct::double / c.causes, 6) end as recall,
    case when u.accepted + c.causes > 0 then round(2 * u.correct::double / (u.accepted + c.causes), 6) end as f1
  from cumulated as u
  cross join cause as c
)
select
  threshold,
  accepted,
  correct,
  causes,
  precision,
  recall,
  f1,
  threshold = cast(getvariable('link_threshold') as double) as is_present,
  row_number() over (order by f1 desc nulls last, threshold desc) = 1 as is_best
from scored
order by threshold
