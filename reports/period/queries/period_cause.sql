/*
title: What lies behind the failures
grain: one row per cause; the last one is of all
rule: >
  Each failure belongs to one cause. Where what one control asks for is missing, other controls that look at the same thing fail with it: without a change request (POP-01 fails or is exempt) those that ask for its
  approval and window, without an approval in time (AUT-01) those that ask who gave it, without review of changes (TST-01) the chain of commits, without required tests (TST-02) what these must reach. Any other
  failure is its own cause
description: "An occasion is one deployment, its copies in several regions taken together; or one change request, release, incident, month, source or exemption."
version: 1
*/
with consequence as (
  select *
  from (
    values
      (1, 'POP-01', 'Deployed without a change request', ['POP-01', 'AUT-01', 'AUT-03', 'AUT-04', 'SOD-01', 'SOD-03', 'WIN-02']),
      (2, 'AUT-01', 'Deployed without an approval given in time', ['AUT-01', 'AUT-03', 'AUT-04', 'SOD-01', 'SOD-03']),
      (3, 'TST-01', 'Shipped changes that nobody else had approved', ['TST-01', 'POP-04']),
      (4, 'TST-02', 'Shipped without a required test that passed', ['TST-02', 'TST-03'])
  ) as v (rank, root, cause, controls)
),
rooted as (
  select r.unit_kind, r.unit, c.rank, c.cause, unnest(c.controls) as control
  from controls.result as r
  join consequence as c on c.root = r.control
  where r.status = 'fail' or (r.control = 'POP-01' and r.status = 'exempt')
),
attributed as (
  select
    f.control, f.unit_kind, f.unit, r.cause, row_number() over (partition by f.control, f.unit_kind, f.unit order by r.rank nulls last) as choice
  from period_result as f
  left join rooted as r on r.control = f.control and r.unit_kind = f.unit_kind and r.unit = f.unit
  where f.status = 'fail'
),
failure as (
  select
    a.control,
    a.unit_kind || ' ' || a.unit as unit,
    a.unit_kind || ' ' || coalesce(d.wave_id, a.unit) as occasion,
    coalesce(a.cause, 'Not met: ' || c.title) as cause
  from attributed as a
  join controls.control as c on c.control = a.control
  left join controls.production_deployment as d on a.unit_kind = 'deployment' and d.deployment_id = a.unit
  where a.choice = 1
),
counted as (
  select cause, count(distinct occasion) as occasions, count(distinct unit) as units, count(*) as failures, list_sort(list(distinct control)) as controls
  from failure
  group by cause
  union all
  select null as cause, count(distinct occasion), count(distinct unit), count(*), list_sort(list(distinct control))
  from failure
  having count(*) > 0
)
select cause, occasions::bigint as occasions, units::bigint as units, failures::bigint as failures, controls
from counted
order by cause is null, failures desc, units desc, cause
