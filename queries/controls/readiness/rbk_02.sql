/*
control: RBK-02
title: Rollback was tested
question: Was the way back tried out before the release, and was there a backup where data changes?
grain: one row per release that went to production
rule: >
  A rehearsal of this version, or of a procedure that releases of the service share within the days before, succeeded outside production before the version went live. Where it takes the
  database back, or the plan changes a schema, a backup was made before. Asked of releases with a request of another risk than those listed
version: 1
units: [release]
severity: medium
owner: Release management
needs:
  - { of: rollback_rehearsal, as: supporting }
  - { of: evidence, as: supporting }
  - { of: rollback_plan, as: adverse }
parameters:
  days:
    default: 90
    unit: days
    description: How long a rehearsal of a shared procedure holds.
  free_risks:
    default: [low, medium]
    description: Risk classes of change requests that need no rehearsal.
  backup_kinds:
    default: [backup, snapshot, database_backup]
    description: Kinds of evidence that are backups.
  backup_days:
    default: 7
    unit: days
    description: How old a backup may be when the version goes live.
frameworks:
  cobit: [BAI07.05]
  soc2: [A1.3]
  iso_27001: ["8.13", "8.29"]
  nist_800_53: [CP-4, CP-9, CP-10]
  eu_dora_rts: [17(1)(e)]
remedy: Try the way back in staging before the release, and back up what it changes.
steps:
  - when: "no backup from before"
    do: "If a backup was made, have it collected (evidence of kind backup, for the service or the release). If not, that stays a deviation."
  - when: "nobody recorded where"
    do: "Let the record of the rehearsal say in which environment it was held."
  - when: "and that failed"
    do: "Try the way back again outside production until it succeeds. What went out before stays a deviation."
  - when: "was last tried out at"
    do: "If it was tried out later, record that (rollback_rehearsal). If not, try it now; that it was not done in time stays a deviation."
  - when: "would say its risk"
    do: "Let {unit} name its change request."
  - when: "No rehearsal of the way back"
    do: "If it was tried out, record that (rollback_rehearsal) with environment, time and outcome. If not, try it now; that it was not done in time stays a deviation."
*/
with classed as (
  select
    x.release_id,
    bool_and(coalesce(list_contains(getvariable('rbk_02_free_risks'), r.risk), false)) as is_free,
    list_sort(list(x.change_request_id)) as requests
  from controls.release_request as x
  join model.change_request as r on r.change_request_id = x.change_request_id
  group by x.release_id
),
schema_plan as (
  select l.release_id
  from controls.production_release as l
  join model.rollback_plan as p on p.service = l.service and p.version = l.version
  where p.changes_schema
  union
  select x.release_id
  from controls.release_request as x
  join model.change_request as r on r.change_request_id = x.change_request_id
  join model.rollback_plan as p on p.change_request in (r.native_id, r.change_request_id)
  where p.changes_schema
),
backup_subject as (
  select release_id, service, went_live_at, unnest([release_id, service, version]) as subject
  from controls.production_release
),
backed_up as (
  select s.release_id, list_sort(list(distinct e.evidence_id)) as backups
  from backup_subject as s
  join model.evidence as e on e.subject = s.subject and (e.service is null or e.service = s.service)
  where
    list_contains(getvariable('rbk_02_backup_kinds'), lower(e.kind))
    and e.occurred_at <= s.went_live_at
    and e.occurred_at > s.went_live_at - to_days(getvariable('rbk_02_backup_days')::integer)
    and coalesce(lower(e.outcome), 'passed') not in ('failed', 'failure', 'error')
  group by s.release_id
),
tried as (
  select
    l.release_id,
    h.rollback_rehearsal_id,
    h.finished_at,
    h.outcome = 'passed' as is_passed,
    coalesce(e.kind <> 'production', false) as is_outside,
    h.finished_at <= l.went_live_at as is_before,
    h.version = l.version or h.finished_at > l.went_live_at - to_days(getvariable('rbk_02_days')::integer) as is_fresh,
    not (coalesce(h.includes_database, false) or s.release_id is not null)
    or b.release_id is not null
    or coalesce(h.backup_at <= h.finished_at, false) as has_backup
  from controls.production_release as l
  join model.rollback_rehearsal as h on h.service = l.service and (h.version = l.version or h.procedure is not null or h.version is null)
  left join model.environment as e on e.environment = h.environment
  left join schema_plan as s on s.release_id = l.release_id
  left join backed_up as b on b.release_id = l.release_id
),
rehearsed as (
  select
    release_id,
    bool_or(is_passed and is_outside and is_before and is_fresh and has_backup) as is_good,
    bool_or(is_passed and is_outside and is_before and is_fresh) as lacks_backup,
    bool_or(is_passed and is_outside and is_before) as is_old,
    bool_or(is_passed and is_before and is_fresh) as is_inside,
    bool_or(not is_passed and is_before and is_fresh) as is_failed,
    max(finished_at) filter (where is_passed and is_outside and is_before) as tried_at,
    list_sort(list(rollback_rehearsal_id) filter (where is_before and is_fresh)) as rehearsals
  from tried
  group by release_id
),
judged as (
  select
    l.*,
    coalesce(c.is_free, false) as is_free,
    c.release_id is not null as has_request,
    coalesce(h.is_good, false) as is_good,
    coalesce(h.lacks_backup, false) as lacks_backup,
    coalesce(h.is_old, false) as is_old,
    coalesce(h.is_inside, false) as is_inside,
    coalesce(h.is_failed, false) as is_failed,
    h.tried_at,
    list_concat(coalesce(h.rehearsals, []), coalesce(b.backups, [])) as evidence
  from controls.production_release as l
  left join classed as c on c.release_id = l.release_id
  left join rehearsed as h on h.release_id = l.release_id
  left join backed_up as b on b.release_id = l.release_id
)
select
  'release' as unit_kind,
  release_id as unit,
  service,
  null as environment,
  went_live_at as occurred_at,
  null::timestamptz as due_at,
  case
    when is_free then 'not_applicable'
    when is_good then 'pass'
    when not has_request then 'unknown'
    else 'missing'
  end as verdict,
  case
    when is_free then 'The requests of the release are of a risk that needs no rehearsal of the way back.'
    when is_good then 'The way back was tried out before the release went live.'
    when lacks_backup then 'The way back was tried out before the release went live, but no backup from before was found, and data or a schema changes.'
    when is_inside then 'The way back was tried out before the release went live, but in production, or nobody recorded where.'
    when is_failed then 'The way back was tried out before the release went live, and that failed.'
    when is_old then 'The way back was last tried out at ' || strftime(timezone(getvariable('time_zone'), tried_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', more than ' || getvariable('rbk_02_days') || ' days before the release went live.'
    when not has_request then 'The release goes by no change request that would say its risk, and no rehearsal of the way back was found.'
    else 'No rehearsal of the way back was found from before the release went live.'
  end as reason,
  evidence,
  case when lacks_backup then ['evidence', 'rollback_rehearsal'] else ['rollback_rehearsal'] end as missing,
  []::varchar[] as findings
from judged
order by unit
