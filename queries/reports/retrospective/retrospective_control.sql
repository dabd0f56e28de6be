/*
title: Adherence of a team in a quarter
grain: one row per team, quarter and control that judged something of the team, or null for all controls together
rule: pass / (pass + fail + unknown), by when the unit occurred; the quarter before beside it
*/
with month as (
  select
    r.team, r.quarter, a.control, a.passed, a.failed, a.unknown, a.exempt,
    case
      when a.month >= strftime(timezone(getvariable('time_zone'), r.period_start), '%Y-%m')
        and a.month < strftime(timezone(getvariable('time_zone'), r.period_end), '%Y-%m') then 1
      when a.month >= strftime(timezone(getvariable('time_zone'), r.previous_start), '%Y-%m')
        and a.month < strftime(timezone(getvariable('time_zone'), r.period_start), '%Y-%m') then 2
    end as place
  from reports.retrospective_quarter as r
  join controls.adherence as a on a.scope_kind = 'team' and a.scope = r.team and a.month is not null
),
counted as (
  select
    team,
    quarter,
    control,
    sum(case when place = 1 then passed else 0 end)::bigint as passed,
    sum(case when place = 1 then failed else 0 end)::bigint as failed,
    sum(case when place = 1 then unknown else 0 end)::bigint as unknown,
    sum(case when place = 1 then exempt else 0 end)::bigint as exempt,
    sum(case when place = 2 then passed else 0 end)::bigint as previous_passed,
    sum(case when place = 2 then failed else 0 end)::bigint as previous_failed,
    sum(case when place = 2 then unknown else 0 end)::bigint as previous_unknown
  from month
  where place is not null
  group by grouping sets ((team, quarter, control), (team, quarter))
)
select
  c.team,
  c.quarter,
  row_number() over (partition by c.team, c.quarter order by (c.control is not null), c.failed desc, c.unknown desc, c.control) - 1 as position,
  c.control,
  k.title,
  k.severity,
  c.passed,
  c.failed,
  c.unknown,
  c.exempt,
  c.passed::double / nullif(c.passed + c.failed + c.unknown, 0) as rate,
  c.previous_passed,
  c.previous_failed,
  c.previous_unknown,
  c.previous_passed::double / nullif(c.previous_passed + c.previous_failed + c.previous_unknown, 0) as previous_rate
from counted as c
left join controls.control as k on k.control = c.control
where c.passed + c.failed + c.unknown + c.exempt > 0
order by c.team, c.quarter, position
