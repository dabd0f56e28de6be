/*
title: What the configuration sets otherwise than the product
grain: one row per setting and value; `controls` are those that it is set for
rule: >
  A parameter, a scope and a severity that are not those of the control itself; a control that is switched off; a query that is the organisation's own. Who wanted it and why is told as far as the
  configuration says so
version: 1
*/
with document as (
  select
    unnest(from_json(document -> 'controls', '[{"control":"VARCHAR","enabled":"BOOLEAN","reason":"VARCHAR","by":"VARCHAR"}]')) as item
  from raw.configuration
),
word as (
  select item.control as control, item.enabled as enabled, item.reason as reason, item."by" as decided_by
  from document
),
listed as (
  select unnest(from_json(document -> 'controls', '[{"control":"VARCHAR","severity":"VARCHAR","severity_preset":"VARCHAR"}]')) as item
  from raw.control_catalogue
),
scope as (
  select control, 'services' as name, scope_services as items
  from controls.control
  union all
  select control, 'teams', scope_teams
  from controls.control
  union all
  select control, 'tiers', list_transform(scope_tiers, lambda tier: tier::varchar)
  from controls.control
  union all
  select control, 'regulated scopes', scope_regulated
  from controls.control
  union all
  select control, 'environments', scope_environments
  from controls.control
),
changed as (
  select 1 as position, 'Switched off' as kind, control, 'is asked' as setting, 'yes' as preset, 'no' as value
  from word
  where not enabled
  union all
  select 2, 'Scope', control, name, 'all', array_to_string(items, ', ')
  from scope
  where items is not null
  union all
  select 3, 'Parameter', control, name, coalesce(preset, 'nothing'), coalesce(value, 'nothing')
  from controls.control_parameter
  where value is distinct from preset
  union all
  select 4, 'Severity', item.control, 'severity', item.severity_preset, item.severity
  from listed
  where item.severity <> item.severity_preset
),
own as (
  select
    5 as position, 'Local rule' as kind, c.control, r.relation as setting, 'the query of the product, or none' as preset, 'SHA-256 ' || r.sha256 as value, r.reason,
    concat_ws(', ', r.decided_by, r.decided_at::varchar) as decided_by
  from raw.local_rule as r
  left join controls.control as c on c.relation = r.relation
),
said as (
  select c.position, c.kind, c.control, c.setting, c.preset, c.value, w.reason, w.decided_by
  from changed as c
  left join word as w on w.control = c.control
  where c.position = 1 or exists (select 1 from period_control as p where p.control = c.control)
  union all
  select position, kind, control, setting, preset, value, reason, nullif(decided_by, '')
  from own
)
select
  position::bigint as position,
  kind,
  coalesce(list(control order by control) filter (where control is not null), []) as controls,
  setting,
  preset,
  value,
  reason,
  decided_by
from said
group by position, kind, setting, preset, value, reason, decided_by
order by position, setting, min(control) nulls last, value, reason nulls first, decided_by nulls first
