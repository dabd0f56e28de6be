/*
title: From when deployments are known
grain: one row per service with a production wave
rule: changes before the collected history are unknown, never years of lead time (design 3)
description: >
  Complete from the day the service is declared active, or from the first day for which somebody asserts that
  its deployments are complete up to the first known one, and after what was disposed of; else only after that. What the main line had shipped by then
  is told by its own first known deployment, `main_line_from`.
*/
with first_wave as (
  select service, min(live_at) as first_live_at, min(live_at) filter (where is_on_main_line) as main_line_from
  from model.wave
  group by service
),
assertion as (
  select a.service, min(a.asserted_from) as asserted_from
  from model.completeness_assertion as a
  join first_wave as f on f.service = a.service and a.asserted_until > f.first_live_at
  where a.entity = 'deployment'
  group by a.service
)
select
  f.service,
  f.first_live_at,
  f.main_line_from,
  case
    when s.active_from is null then a.asserted_from
    when a.asserted_from is null then greatest(s.active_from, coalesce(g.newest_at, s.active_from))
    else least(greatest(s.active_from, coalesce(g.newest_at, s.active_from)), a.asserted_from)
  end as complete_from
from first_wave as f
join model.service as s on s.service = f.service
cross join (select max(newest_at) as newest_at from staging.gone) as g
left join assertion as a on a.service = f.service
order by f.service
