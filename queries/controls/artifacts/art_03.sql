/*
control: ART-03
title: Provenance and metadata present
question: Does each artifact of the release say where it comes from and what is in it?
grain: one row per release
rule: >
  Of each digest of the release (where none is known: of the release) there is evidence of each kind asked for that did not fail; that a registry says there is a bill of materials counts as one.
  Kinds of artifact that need none are not judged
version: 1
units: [release]
severity: medium
owner: Engineering
needs:
  - { of: evidence, as: supporting }
  - { of: artifact, as: supporting }
parameters:
  kinds:
    default: [provenance, sbom]
    description: Kinds of evidence that must be there. Add those that you keep of pinned dependencies or tags, such as pinned_dependencies and labels.
  kinds_without:
    default: [third-party, third_party, vendor, external, documentation]
    description: Kinds of artifact that need none.
frameworks:
  iso_27001: ["5.21", "8.30"]
  pci_dss: ["6.3.2"]
  nist_800_53: [CM-8, SA-15, SR-4]
  gdpr: ["30"]
  ssdf: [PO.3, PS.3]
  slsa: [Build L1+]
remedy: Let the build write provenance and a bill of materials with each artifact, and keep them with its digest.
steps:
  - when: "no evidence was found of the kind"
    do: "If the build made it, have it collected (evidence of that kind, with the digest or the release as its subject). If not, make it now from the same commit and keep it with {unit}."
*/
with artifact as (
  select
    t.release_id,
    t.digest,
    a.artifact_id,
    coalesce(a.has_sbom, false) as has_sbom,
    coalesce(list_contains(getvariable('art_03_kinds_without'), lower(a.kind)), false) as is_without
  from controls.release_artifact as t
  join model.artifact as a on a.artifact_id = t.artifact_id
),
spared as (
  select release_id
  from artifact
  group by release_id
  having bool_and(is_without)
),
digested as (
  select release_id, digest, bool_or(has_sbom) as has_sbom, min(artifact_id) as artifact_id
  from artifact
  where not is_without and digest is not null
  group by release_id, digest
),
thing as (
  select release_id, digest, has_sbom, artifact_id
  from digested
  union all
  select r.release_id, null as digest, coalesce(bool_or(a.has_sbom), false) as has_sbom, min(a.artifact_id) as artifact_id
  from controls.production_release as r
  left join artifact as a on a.release_id = r.release_id and not a.is_without
  where not exists (select 1 from digested as g where g.release_id = r.release_id)
  group by r.release_id
),
asked as (
  select distinct lower(unnest(getvariable('art_03_kinds'))) as kind
),
offered as (
  select
    t.release_id,
    t.digest,
    t.has_sbom,
    t.artifact_id,
    a.kind,
    e.outcome,
    case when e.digest is null or e.digest = t.digest or t.digest is null then e.evidence_id end as evidence_id
  from thing as t
  cross join asked as a
  left join controls.release_evidence as e on e.release_id = t.release_id and e.kind = a.kind
),
found as (
  select
    release_id,
    digest,
    kind,
    coalesce(bool_or(evidence_id is not null and coalesce(outcome, '') not in ('failed', 'fail', 'failure', 'invalid', 'rejected')), false)
    or (kind = 'sbom' and bool_or(has_sbom)) as is_there,
    case when kind = 'sbom' and bool_or(has_sbom) then [min(artifact_id)] else [] end as artifacts,
    list(evidence_id) filter (where evidence_id is not null) as evidence
  from offered
  group by release_id, digest, kind
),
counted as (
  select
    release_id,
    kind,
    count(*) as things,
    count(*) filter (where not is_there) as missing,
    list_distinct(list_concat(flatten(list(artifacts)), coalesce(flatten(list(evidence) filter (where evidence is not null)), []))) as evidence
  from found
  group by release_id, kind
),
whole as (
  select
    release_id,
    max(things) as things,
    string_agg(
      replace(kind, '_', ' ') || case when things > 1 then ' (' || missing || ' of ' || things || ' artifacts)' else '' end, ', ' order by kind
    ) filter (where missing > 0) as missing,
    list_sort(list_distinct(flatten(list(evidence)))) as evidence
  from counted
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
    when s.release_id is not null or w.release_id is null then 'not_applicable'
    when w.missing is not null then 'missing'
    else 'pass'
  end as verdict,
  case
    when w.release_id is null then 'No kind of evidence is asked for.'
    when s.release_id is not null then 'All artifacts of the release are of kinds that need none (kinds_without).'
    when w.missing is not null then 'Of what the release deploys no evidence was found of the kind: ' || w.missing || '.'
    when w.things = 1 then 'Evidence is there of what the release deploys: ' || k.words || '.'
    else 'Evidence is there of each of the ' || w.things || ' artifacts of the release: ' || k.words || '.'
  end as reason,
  coalesce(w.evidence, []) as evidence,
  ['evidence'] as missing,
  []::varchar[] as findings
from controls.production_release as r
left join whole as w on w.release_id = r.release_id
left join spared as s on s.release_id = r.release_id
cross join (select replace(array_to_string(list_sort(list_distinct(getvariable('art_03_kinds'))), ', '), '_', ' ') as words) as k
order by unit
