/*
title: Parts of measures on pages
grain: one row per measure and cut, team or service of the quarter that its page shows
rule: the twelve with most facts of each kind, their names cut to 80 characters; the file has all
*/
with part as (
  select
    f.measure,
    case when f.cut is null then f.scope_kind else 'cut' end as part_kind,
    coalesce(f.cut, f.scope) as part,
    m.unit,
    f.n,
    f.hits,
    f.value,
    f.interval_low,
    f.interval_high
  from reports.site_measure as m
  join practices.figure as f on f.measure = m.measure and f.period_kind = 'quarter' and f.period_start = m.period_start
  where f.cut is not null or f.scope_kind <> 'organisation'
),
ranked as (
  select *, count(*) over (partition by measure, part_kind) as parts, row_number() over (partition by measure, part_kind order by n desc, part) as place
  from part
)
select
  r.measure,
  r.part_kind,
  r.part,
  left(coalesce(case r.part_kind when 'service' then s.title when 'team' then t.title end, r.part), 80) as title,
  r.place,
  r.parts,
  r.unit,
  r.n,
  r.hits,
  r.value,
  r.interval_low,
  r.interval_high
from ranked as r
left join model.service as s on r.part_kind = 'service' and s.service = r.part
left join model.team as t on r.part_kind = 'team' and t.team = r.part
where r.place <= 12
order by r.measure, r.part_kind, r.place
