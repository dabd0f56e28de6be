/*
title: Actions and the quarter that each was decided for
grain: one row per action that belongs to a quarter
rule: An action without `quarter` was decided by the retrospective of the quarter that was over last on `decided_on`; without either it belongs to none
*/
with calendar as (
  select to_months((quarter_start_month - 1)::integer) as shift
  from model.organisation
),
dated as (
  select
    a.action_id,
    coalesce(
      make_date(try_cast(left(a.quarter, 4) as bigint), 3 * try_cast(right(a.quarter, 1) as bigint) - 2, 1) + c.shift,
      date_trunc('quarter', a.decided_on - c.shift) - interval 3 month + c.shift
    ) as decided_for,
    c.shift
  from model.action as a
  cross join calendar as c
)
select
  a.action_id,
  a.title,
  a.owner_role,
  coalesce(a.owner_role, o.title, a.team) as owner,
  a.team,
  a.due_on,
  coalesce(a.status, 'open') as status,
  a.closed_on,
  a.service,
  coalesce(s.title, a.service) as service_title,
  a.metric,
  a.direction,
  a.target,
  a.decided_on,
  timezone(getvariable('time_zone'), d.decided_for) as decided_start,
  strftime(d.decided_for - d.shift, '%Y') || '-Q' || quarter(d.decided_for - d.shift) as quarter
from model.action as a
join dated as d on d.action_id = a.action_id
left join model.team as o on o.team = a.team
left join model.service as s on s.service = a.service
where d.decided_for is not null
order by a.action_id
