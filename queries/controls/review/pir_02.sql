/*
control: PIR-02
title: Runbook updated within 48 hours
question: Did what operators read change with the release, or did somebody say that it need not?
grain: one row per release that went to production
rule: >
  A document of the service was revised between the beginning of the release and the hours after its end; or somebody named gave their word by then that no change is needed, for this version or in that
  time. Not due before those hours are over
version: 1
units: [release]
severity: medium
owner: Operations
needs:
  - { of: runbook_revision, as: supporting }
  - { of: evidence, as: supporting }
parameters:
  hours:
    default: 48
    unit: hours
    description: Time after the end of the release within which the runbook must be revised.
  free_kinds:
    default: []
    description: Kinds of release (strategic, operational, emergency) that need none.
  word_kinds:
    default: [no_runbook_change, runbook_no_change_needed, no_runbook_change_needed]
    description: Kinds of evidence by which somebody gives their word that no change is needed.
frameworks:
  cobit: [BAI06.04, BAI08]
  soc2: [CC8.1]
  iso_27001: ["5.37"]
  pci_dss: ["6.5.2"]
  nist_800_53: [CM-3(c), SA-5]
  hipaa: [164.316(b)(2)(iii)]
  cfr_21_part_11: [11.10(k)(2)]
remedy: Revise the runbook with the release, or record by name that no change is needed.
steps:
  - when: "No revision of a runbook"
    do: "If the runbook was revised in time, have that revision collected (runbook_revision). If it needed no change, somebody named can say so from now on (kind no_change_needed). If it did, revise it now; that it is late stays a deviation."
*/
with finished as (
  select
    l.*,
    w.completed_at as finished_at,
    w.completed_at + to_hours(getvariable('pir_02_hours')) as due_at,
    least(l.started_at, l.went_live_at) as began_at
  from controls.production_release as l
  join model.wave as w on w.wave_id = l.wave_id
),
-- Joined by day of the release and those after it, not release by revision.
daily as (
  select *, unnest(range(epoch(began_at)::bigint // 86400, epoch(due_at)::bigint // 86400 + 1)) as day
  from finished
),
revised as (
  select d.release_id, r.runbook_revision_id as record_id, r.kind = 'no_change_needed' as is_word
  from daily as d
  join model.runbook_revision as r on r.service = d.service and epoch(r.revised_at)::bigint // 86400 = d.day
  where
    r.revised_at >= d.began_at and r.revised_at <= d.due_at
    and (r.kind = 'revision' or (r.kind = 'no_change_needed' and r.version is null and nullif(trim(r.author), '') is not null))
  union
  select f.release_id, r.runbook_revision_id as record_id, true as is_word
  from finished as f
  join model.runbook_revision as r on r.service = f.service and r.version = f.version
  where r.kind = 'no_change_needed' and r.revised_at <= f.due_at and nullif(trim(r.author), '') is not null
),
subject as (
  select release_id, service, due_at, release_id as subject
  from finished
  union
  select release_id, service, due_at, version as subject
  from finished
),
given as (
  select s.release_id, e.evidence_id as record_id, true as is_word
  from subject as s
  join model.evidence as e on e.subject = s.subject and (e.service = s.service or (e.service is null and s.subject = s.release_id))
  where
    list_contains(getvariable('pir_02_word_kinds'), lower(e.kind))
    and e.occurred_at <= s.due_at
    and nullif(trim(e.actor), '') is not null
),
proof as (
  select release_id, record_id, is_word
  from revised
  union
  select release_id, record_id, is_word
  from given
),
proven as (
  select release_id, bool_or(not is_word) as is_revised, list_sort(list(record_id)) as records
  from proof
  group by release_id
),
next_revision as (
  select
    f.release_id, r.revised_at, r.runbook_revision_id as revision_id, r.version,
    row_number() over (partition by f.release_id order by r.revised_at, r.runbook_revision_id, r.version) as choice
  from finished as f
  join model.runbook_revision as r on r.service = f.service and r.kind = 'revision' and r.revised_at > f.due_at and r.revised_at <= f.due_at + to_days(30)
  left join proven as p on p.release_id = f.release_id
  where p.release_id is null
),
judged as (
  select
    f.*,
    p.release_id is not null as is_proven,
    coalesce(p.is_revised, false) as is_revised,
    case when n.revision_id is null then coalesce(p.records, []) else [n.revision_id] end as records,
    n.revised_at,
    nullif(n.version, f.version) as other_version,
    n.revision_id,
    coalesce(list_contains(getvariable('pir_02_free_kinds'), r.kind), false) as is_free,
    r.kind,
    f.due_at > getvariable('as_of')::timestamptz as is_early
  from finished as f
  left join proven as p on p.release_id = f.release_id
  left join next_revision as n on n.release_id = f.release_id and n.choice = 1
  left join model.release as r on r.service = f.service and r.version = f.version
)
select
  'release' as unit_kind,
  release_id as unit,
  service,
  null as environment,
  went_live_at as occurred_at,
  due_at,
  case when is_free then 'not_applicable' when is_proven then 'pass' when is_early then 'not_due' else 'missing' end as verdict,
  case
    when is_free then 'The release is of a kind (' || kind || ') that needs no new runbook.'
    when is_revised then 'A runbook of the service was revised in time.'
    when is_proven then 'Somebody gave their word in time that no runbook needs a change.'
    when is_early then 'The runbook may follow until ' || strftime(timezone(getvariable('time_zone'), due_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || '.'
    else 'No revision of a runbook was found until ' || strftime(timezone(getvariable('time_zone'), due_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ' (' || getvariable('pir_02_hours')
      || ' h after the release ended), and nobody recorded by name that none was needed.'
      || coalesce(
        ' The next revision, ' || revision_id || ', came at ' || strftime(timezone(getvariable('time_zone'), revised_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone')
        || coalesce(' and names another version: ' || left(other_version, 100), '') || '.',
        ''
      )
  end as reason,
  records as evidence,
  ['evidence', 'runbook_revision'] as missing,
  []::varchar[] as findings
from judged
order by unit
