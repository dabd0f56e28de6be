/*
control: DEP-04
title: CMDB agrees with what runs
question: Did the configuration database show what was deployed, and an owner, within hours?
grain: one row per production deployment
rule: >
  An item of the service with an owner shows the version, commit or digest that was deployed, last changed no later than the hours after it went live. Items show only what runs now: where a later
  deployment has taken its place and no item shows it, it is not applicable
version: 1
units: [deployment]
severity: medium
owner: Configuration management
needs:
  - { of: configuration_item, as: supporting }
parameters:
  hours:
    default: 24
    unit: hours
    description: Time after it went live within which the item must show it.
frameworks:
  cobit: [BAI10.03, BAI10.04, BAI10.05]
  soc2: [CC6.1, CC8.1]
  iso_27001: ["5.9", "8.9"]
  pci_dss: ["12.5.1"]
  nist_800_53: [CM-2, CM-8]
  eu_dora_rts: ["4"]
remedy: Let the pipeline write the version into the configuration database, and name an owner there.
steps:
  - when: "was last changed at"
    do: "That stays a deviation; let the pipeline write the version when it deploys."
  - when: "No configuration item of the service"
    do: "Add an item for the service to the configuration database, and have it collected."
  - when: "names no owner"
    do: "Name an owner in that configuration item."
  - when: "not what was deployed"
    do: "Correct the version in that configuration item."
  - when: "neither version nor commit"
    do: "Let the record of {unit} say which version or commit it brought."
  - when: "not since when"
    do: "Let the configuration database say when an item was last changed (`updated_at`)."
*/
with newest as (
  select service, environment, max(live_at) as live_at
  from controls.production_deployment
  where live_at is not null
  group by service, environment
),
digest as (
  select distinct service, version, digest
  from model.artifact
  where service is not null and version is not null and digest is not null
),
shown_as as (
  select deployment_id, service, live_at, ltrim(lower(version), 'v') as shown
  from controls.production_deployment
  where version is not null
  union all
  select deployment_id, service, live_at, lower(sha) as shown
  from controls.production_deployment
  where sha is not null
  union all
  select deployment_id, service, live_at, substr(lower(sha), 1, 7) as shown
  from controls.production_deployment
  where sha is not null
  union all
  select d.deployment_id, d.service, d.live_at, lower(g.digest) as shown
  from controls.production_deployment as d
  join digest as g on g.service = d.service and g.version = d.version
),
item as (
  select configuration_item_id, service, ltrim(lower(trim(version)), 'v') as shown, nullif(trim(owner), '') as owner, updated_at
  from model.configuration_item
  where service is not null
),
matched as (
  select
    d.deployment_id,
    bool_or(i.owner is not null and coalesce(i.updated_at <= d.live_at + to_hours(getvariable('dep_04_hours')), false)) as is_good,
    bool_or(i.owner is null) as lacks_owner,
    min(i.updated_at) as updated_at,
    bool_or(i.updated_at is null) as is_undated,
    list_sort(list(distinct i.configuration_item_id)) as items
  from shown_as as d
  join item as i on i.service = d.service and i.shown = d.shown
  group by d.deployment_id
),
of_service as (
  select service, min(shown) as shown, list_sort(list(configuration_item_id)) as items
  from item
  group by service
),
judged as (
  select
    d.*,
    coalesce(m.is_good, false) as is_good,
    m.deployment_id is not null as is_shown,
    coalesce(m.lacks_owner, false) as lacks_owner,
    coalesce(m.is_undated, false) as is_undated,
    m.updated_at,
    s.service is not null as has_item,
    s.shown,
    d.live_at < n.live_at as is_superseded,
    d.live_at + to_hours(getvariable('dep_04_hours')) as due_at,
    coalesce(m.items, s.items, []) as items
  from controls.production_deployment as d
  left join matched as m on m.deployment_id = d.deployment_id
  left join of_service as s on s.service = d.service
  left join newest as n on n.service = d.service and n.environment = d.environment
)
select
  'deployment' as unit_kind,
  deployment_id as unit,
  service,
  environment,
  occurred_at,
  due_at,
  case
    when live_at is null then 'not_applicable'
    when is_good then 'pass'
    when is_superseded then 'not_applicable'
    when getvariable('as_of')::timestamptz < due_at then 'not_due'
    when not has_item then 'missing'
    when version is null and sha is null then 'unknown'
    when is_shown and is_undated then 'unknown'
    else 'fail'
  end as verdict,
  case
    when live_at is null then 'The deployment never went live.'
    when is_good then 'A configuration item with an owner shows what was deployed, and did so in time.'
    when is_superseded then 'A later deployment has taken the place of this one, and configuration items show only what runs now.'
    when getvariable('as_of')::timestamptz < due_at then 'The deployment went live less than ' || getvariable('dep_04_hours') || ' hours ago.'
    when not has_item then 'No configuration item of the service was found.'
    when version is null and sha is null then 'The deployment says neither version nor commit, so that no configuration item can be compared with it.'
    when is_shown and is_undated then 'A configuration item shows what was deployed, but not since when.'
    when is_shown and lacks_owner then 'A configuration item shows what was deployed, but names no owner.'
    when is_shown
      then 'The configuration item ' || items[1] || ', which shows what was deployed, was last changed at ' || strftime(timezone(getvariable('time_zone'), updated_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', more than '
        || getvariable('dep_04_hours') || ' h after the deployment went live.'
    else 'The configuration item of the service shows ' || coalesce(nullif(shown, ''), 'no version') || ', not what was deployed' || coalesce(' (' || coalesce(version, left(sha, 12)) || ')', '') || '.'
  end as reason,
  items as evidence,
  ['configuration_item'] as missing,
  []::varchar[] as findings
from judged
order by unit
