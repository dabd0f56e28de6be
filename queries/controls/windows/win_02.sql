/*
control: WIN-02
title: Inside the planned and mandated window
question: Was it deployed within the window that its change request plans, and within maintenance where that is laid down?
grain: one row per production deployment
rule: >
  From its beginning to its end it lies in the planned window of one request of its own, or in that of a request of each change in it, give or take the tolerance. Where a maintenance window is
  laid down it lies in one too. Where its requests are emergencies EMG-01 judges it
version: 1
units: [deployment]
severity: medium
owner: Change management
needs:
  - { of: change_request, as: supporting }
  - { of: calendar_window, as: supporting }
parameters:
  tolerance_minutes:
    default: 0
    unit: minutes
    description: How long before or after the planned window a deployment may last.
  mandated:
    default: []
    description: Services, teams and environments whose deployments must lie in a maintenance window.
  kinds:
    default: [maintenance]
    description: Kinds of window that count as maintenance.
frameworks:
  cobit: [BAI07.01]
  soc2: [A1.2]
  iso_27001: ["8.32"]
  pci_dss: ["6.5.1"]
  eu_dora_rts: [17(1)(d)(ii)]
remedy: Deploy within the window, or have the request planned anew before you begin.
steps:
  - when: "names no change request"
    do: "Name the request of {unit} first, as POP-01 asks."
  - when: "no maintenance window"
    do: "That stays a deviation, if the calendar of maintenance windows is right."
  - when: "plans no window"
    do: "Write the planned window into the request."
  - when: "planned window"
    do: "If the window was typed in wrongly, correct it in the request. If it was not kept, that stays a deviation: write down in the request why."
*/
with placed as (
  select
    p.deployment_id,
    p.part,
    p.change_request_id,
    r.planned_start is not null or r.planned_end is not null as has_window,
    coalesce(greatest(date_diff('second', d.occurred_at, r.planned_start), 0), 0) as early,
    coalesce(greatest(date_diff('second', r.planned_end, greatest(coalesce(d.finished_at, d.occurred_at), d.occurred_at)), 0), 0) as late,
    coalesce(greatest(date_diff('second', r.planned_end, d.occurred_at), 0), 0) as begun_late
  from controls.deployment_part as p
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  left join model.change_request as r on r.change_request_id = p.change_request_id
  where p.change_request_id is not null
),
part as (
  select
    deployment_id,
    part,
    bool_or(has_window and greatest(early, late) <= getvariable('win_02_tolerance_minutes') * 60) as is_inside,
    bool_or(has_window) as has_window,
    min(early) filter (where has_window) as early,
    min(late) filter (where has_window) as late,
    min(begun_late) filter (where has_window) as begun_late
  from placed
  group by deployment_id, part
),
whole as (
  select
    deployment_id,
    coalesce(bool_or(is_inside) filter (where part = 'deployment'), false) as is_inside,
    count(*) filter (where part <> 'deployment' and is_inside) as changes_inside,
    bool_or(has_window) as has_window,
    max(early) filter (where not is_inside) as early,
    max(late) filter (where not is_inside) as late,
    max(begun_late) filter (where not is_inside) as begun_late
  from part
  group by deployment_id
),
held as (
  select
    d.deployment_id,
    coalesce(w.is_inside, false) as is_inside,
    coalesce(w.changes_inside = b.changes, false) as are_changes_inside,
    coalesce(w.has_window, false) as has_window,
    w.early,
    w.late,
    w.begun_late,
    r.requests
  from controls.production_deployment as d
  left join whole as w on w.deployment_id = d.deployment_id
  left join controls.deployment_change_count as b on b.deployment_id = d.deployment_id
  join controls.deployment_requests as r on r.deployment_id = d.deployment_id
),
-- Where a single request plans, its window is told.
planned as (
  select w.deployment_id, r.native_id, r.planned_start, r.planned_end
  from held as w
  join model.change_request as r on r.change_request_id = w.requests[1]
  where len(w.requests) = 1 and not w.is_inside and not w.are_changes_inside
),
mandated as (
  select d.deployment_id
  from controls.production_deployment as d
  where list_contains(getvariable('win_02_mandated'), d.service) or list_contains(getvariable('win_02_mandated'), d.environment)
  union
  select d.deployment_id
  from controls.production_deployment as d
  join model.ownership as o on o.service = d.service and d.occurred_at >= o.owned_from and d.occurred_at < o.owned_until
  where list_contains(getvariable('win_02_mandated'), o.team)
),
maintained as (
  select deployment_id, list_sort(list(calendar_window_id)) as windows
  from controls.deployment_window
  where is_within and list_contains(getvariable('win_02_kinds'), kind)
  group by deployment_id
),
judged as (
  select
    d.*,
    e.deployment_id is not null as is_emergency,
    p.planned_start,
    p.planned_end,
    p.native_id as planned_by,
    w.is_inside or w.are_changes_inside as is_inside,
    w.is_inside as is_own_inside,
    w.has_window,
    w.early,
    w.late,
    w.begun_late,
    list_transform(
      [w.early, w.begun_late, w.late],
      lambda s: case when s < 60 then s || ' s' when s < 3600 then (s // 60) || ' min' else (s // 3600) || ' h ' || (s // 60 % 60) || ' min' end
    ) as spans,
    w.requests,
    coalesce(t.windows, []) as windows,
    m.deployment_id is not null and t.deployment_id is null as lacks_maintenance
  from controls.production_deployment as d
  join held as w on w.deployment_id = d.deployment_id
  left join planned as p on p.deployment_id = d.deployment_id
  left join controls.emergency_deployment as e on e.deployment_id = d.deployment_id
  left join mandated as m on m.deployment_id = d.deployment_id
  left join maintained as t on t.deployment_id = d.deployment_id
),
worded as (
  select *, coalesce(' (' || planned_by || ', ' || strftime(timezone(getvariable('time_zone'), planned_start), '%Y-%m-%d %H:%M') || ' to ' || strftime(timezone(getvariable('time_zone'), planned_end), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ')', '') as plan_words
  from judged
)
select
  'deployment' as unit_kind,
  deployment_id as unit,
  service,
  environment,
  occurred_at,
  null::timestamptz as due_at,
  case
    when is_emergency then 'not_applicable'
    when is_inside and not lacks_maintenance then 'pass'
    when not is_inside and has_window then 'fail'
    else 'missing'
  end as verdict,
  case
    when is_emergency then 'The deployment goes by an emergency request, which EMG-01 judges.'
    when is_inside and lacks_maintenance then 'The deployment lies in its planned window, but in no maintenance window, which is laid down for it.'
    when is_own_inside then 'The deployment lies in the window that its request plans.'
    when is_inside then 'The deployment lies in the windows that the requests of its changes plan.'
    when has_window and early > 0 and late > 0
      then 'The deployment began ' || spans[1] || ' before its planned window and ended ' || spans[3] || ' after it' || plan_words || '.'
    when has_window and early > 0 then 'The deployment began ' || spans[1] || ' before its planned window' || plan_words || '.'
    when has_window and begun_late > 0 and late > begun_late then 'The deployment began ' || spans[2] || ' and ended ' || spans[3] || ' after its planned window' || plan_words || '.'
    when has_window and begun_late > 0 then 'The deployment began ' || spans[2] || ' after its planned window' || plan_words || '.'
    when has_window and late > 0 then 'The deployment ended ' || spans[3] || ' after its planned window' || plan_words || '.'
    when has_window then 'Not each change in the deployment has a request in whose planned window it lies.'
    when len(requests) > 0 then 'The request of the deployment plans no window.'
    else 'The deployment names no change request that would plan a window.'
  end as reason,
  list_concat(requests, windows) as evidence,
  case when is_inside then ['calendar_window'] else ['change_request'] end as missing,
  []::varchar[] as findings
from worded
order by unit
