/*
control: ART-04
title: Retrievable for the retention period
question: Are the release's artifacts and logs still there, unaltered, for as long as they must be kept?
grain: one row per release
rule: >
  For each class asked for the longest policy for the service, or for all, that held when the release went live says until when. Until then an archive or registry holds a record of each digest of the release (of
  other classes than artifacts: of the release or one of its deployments) that was not disposed of and still has the digest with which it was stored
version: 1
units: [release]
severity: medium
owner: Records management
needs:
  - { of: retention_policy, as: supporting }
  - { of: archived_record, as: supporting }
parameters:
  classes:
    default: [artifact, deployment log]
    description: Classes of record, as policies and archives name them, that must be there of each release.
  artifact_classes:
    default: [artifact, artifacts, image, package]
    description: Which of them are kept by digest.
frameworks:
  sox: [17 CFR 210.2-06, "802"]
  iso_27001: ["5.33"]
  pci_dss: ["10.5.1"]
  nist_800_53: [AU-11, SI-12]
  hipaa: [164.316(b)(2)(i)]
  gdpr: [5(1)(e)]
  cfr_21_part_11: [11.10(c)]
  annex_11: ["17"]
  ssdf: [PS.3]
remedy: Exclude from clean-up what must be kept, restore what is gone, and list archives with digests.
steps:
  - when: "No archive or registry lists"
    do: "Look for it in the registry and the archive. If it is there, let their listing name it with its digest; if it is gone, build it anew from its commit and archive it, and write down what was lost."
  - when: "no longer what was stored"
    do: "Restore it from another copy, and find out who changed it."
  - when: "Disposed of before"
    do: "Find out who had it disposed of and whether another copy is left. It stays a deviation."
  - when: "No retention policy"
    do: "Write down for how long it must be kept (records of retention_policy)."
  - when: "does not say whether"
    do: "Let the archive state the digest that it found (`found_digest`)."
*/
with class as (
  select
    replace(lower(class), '_', ' ') as class,
    list_contains(getvariable('art_04_artifact_classes'), replace(lower(class), '_', ' ')) as is_by_digest
  from (select unnest(getvariable('art_04_classes')) as class)
),
policy as (
  select
    replace(lower(record_class), '_', ' ') as class, service, valid_from, valid_until, retention_policy_id,
    case keep_unit
      when 'years' then to_months(12 * least(keep_for, 1000)::integer)
      when 'months' then to_months(least(keep_for, 12000)::integer)
      else to_days(least(keep_for, 366000)::integer)
    end as keep
  from model.retention_policy
),
kept_until as (
  select r.release_id, c.class, c.is_by_digest, max(r.went_live_at + p.keep) as keep_until, list_sort(list(p.retention_policy_id)) as policies
  from controls.production_release as r
  cross join class as c
  join policy as p
    on
      p.class = c.class
      and (p.service is null or p.service = r.service)
      and (p.valid_from is null or p.valid_from <= r.went_live_at)
      and (p.valid_until is null or p.valid_until > r.went_live_at)
  group by r.release_id, c.class, c.is_by_digest
),
digested as (
  select distinct release_id, digest
  from controls.release_artifact
  where digest is not null
),
thing as (
  select r.release_id, c.class, d.digest
  from controls.production_release as r
  cross join class as c
  left join digested as d on d.release_id = r.release_id
  where c.is_by_digest
  union all
  select r.release_id, c.class, null as digest
  from controls.production_release as r
  cross join class as c
  where not c.is_by_digest
),
named as (
  select release_id, service, lower(release_id) as reference, false as is_of_service
  from controls.production_release
  union
  select release_id, service, lower(service || ' ' || version), false
  from controls.production_release
  union
  select release_id, service, lower(version), true
  from controls.production_release
  union
  select r.release_id, r.service, lower(a.name || ' ' || a.version), false
  from controls.production_release as r
  join controls.release_artifact as t on t.release_id = r.release_id
  join model.artifact as a on a.artifact_id = t.artifact_id
  where a.version is not null
  union
  select r.release_id, r.service, lower(t.artifact_id), false
  from controls.production_release as r
  join controls.release_artifact as t on t.release_id = r.release_id
  union
  select r.release_id, r.service, lower(d.deployment_id), false
  from controls.production_release as r
  join controls.production_deployment as d on d.service = r.service and d.version = r.version
  union
  select r.release_id, r.service, lower(m.native_id), false
  from controls.production_release as r
  join controls.production_deployment as d on d.service = r.service and d.version = r.version
  join model.deployment as m on m.deployment_id = d.deployment_id
),
record as (
  select
    archived_record_id, replace(lower(record_class), '_', ' ') as class, service, lower(subject) as subject, lower(digest) as digest,
    lower(found_digest) as found_digest,
    case when disposed_at < getvariable('as_of') then disposed_at end as disposed_at
  from model.archived_record
),
matched as (
  select n.release_id, r.archived_record_id, r.class, null as digest
  from named as n
  join record as r on r.subject = n.reference
  where r.service = n.service or (r.service is null and not n.is_of_service)
  union
  select d.release_id, r.archived_record_id, r.class, d.digest
  from digested as d
  join record as r on r.digest = d.digest
),
held as (
  select
    t.release_id,
    t.class,
    t.digest,
    bool_or(r.archived_record_id is not null and r.disposed_at is null and (r.digest is null or r.found_digest = r.digest)) as is_kept,
    bool_or(r.disposed_at is null and r.found_digest <> coalesce(t.digest, r.digest)) as is_altered,
    bool_or(r.disposed_at is null and r.digest is not null and r.found_digest is null) as is_unread,
    max(r.disposed_at) as disposed_at,
    list_sort(list(distinct r.archived_record_id) filter (where r.archived_record_id is not null)) as records
  from thing as t
  left join matched as m on m.release_id = t.release_id and m.class = t.class and (m.digest is null or m.digest = t.digest)
  left join record as r
    on r.archived_record_id = m.archived_record_id and (m.digest is not null or t.digest is null or r.digest is null or r.digest = t.digest)
  group by t.release_id, t.class, t.digest
),
stated as (
  select
    h.release_id,
    h.class,
    case
      when k.release_id is null then 'no policy'
      when k.keep_until <= getvariable('as_of') then 'over'
      when coalesce(h.is_altered, false) then 'altered'
      when coalesce(h.is_kept, false) then 'kept'
      when h.disposed_at is not null then 'disposed'
      when coalesce(h.is_unread, false) then 'unread'
      else 'missing'
    end as state,
    k.keep_until,
    list_concat(coalesce(k.policies, []), coalesce(h.records, [])) as evidence
  from held as h
  left join kept_until as k on k.release_id = h.release_id and k.class = h.class
),
whole as (
  select
    release_id,
    bool_and(state = 'over') as is_over,
    min(keep_until) filter (where state not in ('over', 'no policy')) as keep_until,
    string_agg(distinct class, ', ' order by class) as classes,
    string_agg(distinct class, ', ' order by class) filter (where state = 'altered') as altered,
    string_agg(distinct class, ', ' order by class) filter (where state = 'disposed') as disposed,
    string_agg(distinct class, ', ' order by class) filter (where state = 'missing') as missing,
    string_agg(distinct class, ', ' order by class) filter (where state = 'unread') as unread,
    string_agg(distinct class, ', ' order by class) filter (where state = 'no policy') as without_policy,
    list_sort(list_distinct(flatten(list(evidence)))) as evidence
  from stated
  group by release_id
)
select
  'release' as unit_kind,
  r.release_id as unit,
  r.service,
  null as environment,
  r.went_live_at as occurred_at,
  null::timestamptz as due_at,
  case
    when w.release_id is null or w.is_over then 'not_applicable'
    when w.altered is not null or w.disposed is not null then 'fail'
    when w.missing is not null or w.without_policy is not null then 'missing'
    when w.unread is not null then 'unknown'
    else 'pass'
  end as verdict,
  case
    when w.release_id is null then 'No class of record is asked for.'
    when w.is_over then 'What must be kept of the release had to be kept until before now.'
    when coalesce(w.altered, w.disposed, w.missing, w.without_policy, w.unread) is not null
      then concat_ws(
        ' ',
        'What the archive holds of the release is no longer what was stored: ' || w.altered || '.',
        'Disposed of before the time: ' || w.disposed || '.',
        'No archive or registry lists this of the release: ' || w.missing || '.',
        'No retention policy says how long this must be kept: ' || w.without_policy || '.',
        'The archive does not say whether this is still what was stored: ' || w.unread || '.',
        case when coalesce(w.altered, w.disposed, w.missing) is not null then 'The release must be kept until ' || strftime(timezone(getvariable('time_zone'), w.keep_until), '%Y-%m-%d') || '.' end
      )
    else 'What must be kept of the release is there and unaltered: ' || w.classes || '. The first may go at '
      || strftime(timezone(getvariable('time_zone'), w.keep_until), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || '.'
  end as reason,
  coalesce(w.evidence, []) as evidence,
  list_concat(
    case when w.missing is not null then ['archived_record'] else [] end,
    case when w.without_policy is not null and w.missing is null then ['retention_policy'] else [] end
  ) as missing,
  []::varchar[] as findings
from controls.production_release as r
left join whole as w on w.release_id = r.release_id
order by unit
