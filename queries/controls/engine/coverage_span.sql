/*
title: Spans in which records are known to be complete
grain: one row per kind of record, service and span without a gap
description: >
  A row without a service is for what concerns all of them: from when until when the last spans of all services have the kind complete.
*/
with ordered as (
  select
    *,
    max(covered_until) over (
      partition by entity, service order by covered_from, covered_until, source, said_by nulls first rows between unbounded preceding and 1 preceding
    ) as until_before,
    row_number() over (partition by entity, service order by covered_from, covered_until, source, said_by nulls first) as position
  from controls.source_coverage
  where covered_from < covered_until
),
numbered as (
  select
    entity, service, covered_from, covered_until, said_by,
    sum(case when covered_from <= until_before then 0 else 1 end) over (
      partition by entity, service order by position rows between unbounded preceding and current row
    ) as span
  from ordered
),
joined as (
  select
    entity,
    service,
    min(covered_from) as covered_from,
    max(covered_until) as covered_until,
    list_sort(coalesce(list(distinct said_by) filter (where said_by is not null), [])) as said_by
  from numbered
  group by entity, service, span
),
latest as (
  select *, row_number() over (partition by entity, service order by covered_from desc) as choice
  from joined
)
select entity, service, covered_from, covered_until, said_by
from joined
union all
select
  entity, null as service, max(covered_from) as covered_from, min(covered_until) as covered_until, list_sort(list_distinct(flatten(list(said_by)))) as said_by
from latest
where choice = 1
group by entity
having count(*) = (select count(*) from model.service) and max(covered_from) < min(covered_until)
order by entity, service nulls first, covered_from
