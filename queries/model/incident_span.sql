/*
title: Spans in which incidents are known
grain: one row per service and span without a gap
description: What sources cover, joined where spans overlap or meet, so that two assertions that follow each other are as good as one.
*/
with ordered as (
  select
    service,
    covered_from,
    covered_until,
    max(covered_until) over (
      partition by service order by covered_from, covered_until, source, is_asserted
      rows between unbounded preceding and 1 preceding
    ) as until_before,
    row_number() over (partition by service order by covered_from, covered_until, source, is_asserted) as position
  from model.incident_coverage
  where covered_from < covered_until
),
numbered as (
  select
    service,
    covered_from,
    covered_until,
    sum(case when covered_from <= until_before then 0 else 1 end) over (
      partition by service order by position rows between unbounded preceding and current row
    ) as span
  from ordered
)
select
  service,
  min(covered_from) as covered_from,
  max(covered_until) as covered_until
from numbered
group by service, span
order by service, covered_from
