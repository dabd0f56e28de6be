/*
control: AUT-06
title: Risk class is set and credible
question: Does the change request have a type and a risk class that nothing contradicts?
grain: one row per change request
rule: >
  Type and risk are set to one of the classes. A low risk is contradicted by a service of a critical tier, and by changes that touch migrations of a database (the marks of `patterns`) or paths of the security
  list; which files are touched must be known for it to stand
version: 1
units: [change_request]
severity: medium
owner: Change management
needs:
  - { of: commit, as: adverse }
parameters:
  types:
    default: [standard, normal, emergency]
    description: Types that a change may have.
  risks:
    default: [low, medium, high]
    description: Risk classes that a change may have.
  low_risks:
    default: [low]
    description: Classes that the rules may contradict.
  critical_tier:
    default: 1
    description: Services of this tier, and of lower numbers, are critical.
  security_paths:
    default: ["auth/*", "*[/]auth/*", "*authenti*", "*authori[sz]*", "*oauth*", "*security*", "*crypto*", "*secret*", "*permission*", "*rbac*", "*[/]iam/*", "*login*", "*password*"]
    description: Paths, as patterns in lower case, that security depends on.
frameworks:
  cobit: [BAI06.01]
  soc2: [CC3.4, CC8.1]
  iso_27001: ["8.32"]
  nist_800_53: [CM-4, RA-3]
  eu_dora_rts: [17(1)(h)]
remedy: Set type and risk, and raise the risk where the change touches what is critical.
steps:
  - when: "changes the database"
    do: "Raise the risk of {unit} if the change of the database can go wrong; have it approved as that risk asks. If the file is no migration, correct the marks under `patterns`."
  - when: "touches what security depends on"
    do: "Raise the risk of {unit}, and have it approved as that risk asks. If security does not depend on that file, correct `security_paths` of this control."
  - when: "is a service of tier"
    do: "Raise the risk of {unit}, or set `critical_tier` of this control if low risks are fine for such services."
  - when: "no change is known to belong"
    do: "If {unit} brought new code, let its pull requests or its deployment name it. If it only deployed again what was there, nothing can be found; an exemption for such requests says so for the next time."
  - when: "nothing says which files"
    do: "Have the files of the changes collected: from the repository (collector git), or `paths` of the change."
  - when: "has no type"
    do: "Set the type of {unit}."
  - when: "has no risk class"
    do: "Set the risk class of {unit}."
  - when: "none of those that there are"
    do: "Correct it in {unit}, or add it to `types` or `risks` of this control if it is one that you use."
*/
with request_change as (
  select q.change_request_id, c.change_id
  from (select change_request_id, unnest(deployments) as deployment_id from controls.filed_request) as q
  join controls.deployment_part as p on p.deployment_id = q.deployment_id and p.part = 'deployment' and p.change_request_id = q.change_request_id
  join controls.deployment_change as c on c.deployment_id = q.deployment_id
  union
  select change_request_id, change_id
  from controls.named_request
),
low as (
  select change_request_id
  from model.change_request
  where list_contains(getvariable('aut_06_low_risks'), lower(risk))
),
touched as (
  select r.change_request_id, c.change_id, len(c.paths) > 0 as has_paths, c.paths
  from request_change as r
  join low as l on l.change_request_id = r.change_request_id
  join model.change as c on c.change_id = r.change_id
),
path as (
  select distinct change_request_id, change_id, unnest(paths) as path
  from touched
),
mark as (
  select 'migration' as kind, pattern
  from staging.config_pattern_mark
  where kind = 'migration' and place = 'path'
  union
  select 'security' as kind, lower(unnest(getvariable('aut_06_security_paths'))) as pattern
),
distinct_path as (
  select distinct path
  from path
),
-- Compared in lower case, told as git has it.
marked as (
  select distinct d.path, m.kind
  from distinct_path as d
  join mark as m on lower(d.path) glob m.pattern
),
contradiction as (
  select
    p.change_request_id,
    min(p.path) filter (where m.kind = 'migration') as migration_path,
    min_by(p.change_id, struct_pack(a := p.path, b := p.change_id)) filter (where m.kind = 'migration') as migration_change,
    min(p.path) filter (where m.kind = 'security') as security_path,
    min_by(p.change_id, struct_pack(a := p.path, b := p.change_id)) filter (where m.kind = 'security') as security_change
  from path as p
  join marked as m on m.path = p.path
  group by p.change_request_id
),
listed as (
  select change_request_id, bool_and(has_paths) as are_paths_known, list_sort(list(change_id)) as changes
  from touched
  group by change_request_id
),
judged as (
  select
    q.*,
    case
      when q.type is null or not list_contains(getvariable('aut_06_types'), lower(q.type)) then 'no type'
      when q.risk is null or not list_contains(getvariable('aut_06_risks'), lower(q.risk)) then 'no risk'
      when l.change_request_id is null then 'set'
      when q.tier <= getvariable('aut_06_critical_tier') then 'critical'
      when c.migration_path is not null then 'migration'
      when c.security_path is not null then 'security'
      when coalesce(t.are_paths_known, false) then 'credible'
      else 'no files'
    end as state,
    coalesce(c.migration_path, c.security_path) as place_path,
    coalesce(c.migration_change, c.security_change) as place_change,
    t.changes
  from controls.filed_request as q
  left join low as l on l.change_request_id = q.change_request_id
  left join contradiction as c on c.change_request_id = q.change_request_id
  left join listed as t on t.change_request_id = q.change_request_id
),
named as (
  select
    j.*,
    c.kind || ' ' || coalesce('#' || c.number || ' of ' || c.repository, c.change_id) as change_name
  from judged as j
  left join model.change as c on c.change_id = j.place_change
)
select
  'change_request' as unit_kind,
  change_request_id as unit,
  service,
  null as environment,
  occurred_at,
  null::timestamptz as due_at,
  case when state in ('set', 'credible') then 'pass' when state = 'no files' then 'unknown' else 'fail' end as verdict,
  case state
    when 'no type' then case when type is null then 'The request has no type.' else 'The type of the request is none of those that there are: ' || left(type, 100) || '.' end
    when 'no risk' then case when risk is null then 'The request has no risk class.' else 'The risk class of the request is none of those that there are: ' || left(risk, 100) || '.' end
    when 'critical' then 'The request says risk ' || risk || ', but ' || service || ' is a service of tier ' || tier || '.'
    when 'migration' then 'The request says risk ' || risk || ', but ' || coalesce(change_name, place_change) || ' in it changes the database (' || left(place_path, 200) || ').'
    when 'security' then 'The request says risk ' || risk || ', but ' || coalesce(change_name, place_change) || ' in it touches what security depends on (' || left(place_path, 200) || ').'
    when 'no files' then 'The request says risk ' || risk || ', and ' || case when len(changes) > 0 then 'of a change in it nothing says which files it touches.' else 'no change is known to belong to it, so that nobody can tell which files it touches.' end
    when 'credible' then 'The request says risk ' || risk || ', and no file that it touches contradicts that.'
    else 'The request is of type ' || type || ' and risk ' || risk || '.'
  end as reason,
  -- What contradicts comes first.
  case when state in ('migration', 'security') then list_concat([place_change], list_filter(changes, lambda c: c <> place_change)) else coalesce(changes, []) end as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from named
order by unit
