/*
control: ART-02
title: Signed, and signature verified before deployment
question: Was each artifact signed by somebody who may sign, and its signature verified before the deployment began?
grain: one row per production deployment
rule: >
  Each digest deployed (where none is known: the deployment) has a signature that is not known to be bad, by an identity allowed, and the last verification before the deployment began found it
  good. Artifacts of third parties are not judged
version: 1
units: [deployment]
severity: high
owner: Security
needs:
  - { of: evidence, as: supporting }
  - { of: artifact, as: supporting }
parameters:
  identities:
    default: []
    description: Identities that may sign, as signatures and verifications name them; empty = whichever.
  signature_kinds:
    default: [signature]
    description: Kinds of evidence that are a signature.
  verification_kinds:
    default: [signature_verification]
    description: Kinds of evidence that are the log of a verification.
  third_party_kinds:
    default: [third-party, third_party, vendor, external]
    description: Kinds of artifact that somebody else makes.
frameworks:
  soc2: [CC6.8]
  iso_27001: ["8.19"]
  pci_dss: ["6.3.2", "11.5.2"]
  nist_800_53: [CM-14, SI-7, SI-7(15), SR-4, SR-11]
  eu_dora_rts: [16(1)(c)]
  cfr_21_part_11: [11.10(a)]
  ssdf: [PS.2]
  slsa: [Build L2+]
remedy: Sign in the build with a key that only the build has, let the deployment verify before it begins, and keep the verifier's log.
steps:
  - when: "failed before the deployment began"
    do: "Find out at once what was deployed: its signature is not good. Take it back if you cannot tell."
  - when: "known to be bad"
    do: "Find out at once what was deployed: its signature is not good. Take it back if you cannot tell."
  - when: "that may not sign"
    do: "Find out who signed; if they may, add them to `identities` of this control. If not, build and sign anew."
  - when: "only after the deployment had begun"
    do: "That stays a deviation; let the pipeline verify before it deploys."
  - when: "No signature of the artifact"
    do: "If it is signed, have the signature collected (evidence of kind signature). If not, that stays a deviation: sign from the next build on."
  - when: "nothing says by whom"
    do: "Let the signature or its verification name the identity that signed."
  - when: "no verification of its signature"
    do: "If the pipeline verified it, have its log collected (evidence of kind signature_verification, with time and outcome). If not, verify it now; that it was not done before stays a deviation."
  - when: "does not say when it was"
    do: "Let the verification say when it was and how it ended."
*/
with artifact as (
  select
    t.deployment_id,
    t.digest,
    coalesce(a.is_signed, false) as is_signed,
    coalesce(list_contains(getvariable('art_02_third_party_kinds'), lower(a.kind)), false) as is_third_party
  from controls.deployment_artifact as t
  join model.artifact as a on a.artifact_id = t.artifact_id
  join controls.production_deployment as d on d.deployment_id = t.deployment_id
),
spared as (
  select deployment_id
  from artifact
  group by deployment_id
  having bool_and(is_third_party)
),
digested as (
  select deployment_id, digest, bool_or(is_signed) as is_signed
  from artifact
  where not is_third_party and digest is not null
  group by deployment_id, digest
),
thing as (
  select deployment_id, digest, is_signed
  from digested
  union all
  select d.deployment_id, null as digest, coalesce(bool_or(a.is_signed), false) as is_signed
  from controls.production_deployment as d
  left join artifact as a on a.deployment_id = d.deployment_id and not a.is_third_party
  where not exists (select 1 from digested as g where g.deployment_id = d.deployment_id)
  group by d.deployment_id
),
kind as (
  select lower(unnest(getvariable('art_02_signature_kinds'))) as kind, false as is_verification
  union all
  select lower(unnest(getvariable('art_02_verification_kinds'))) as kind, true as is_verification
),
proof as (
  select
    e.deployment_id, e.digest, e.evidence_id, k.is_verification, e.occurred_at, e.is_before,
    e.outcome in ('invalid', 'failed', 'fail', 'failure', 'rejected', 'bad', 'revoked', 'expired') as is_bad,
    k.is_verification and e.outcome in ('verified', 'passed', 'pass', 'valid', 'success', 'ok', 'good') as is_verified,
    coalesce(e.attributes ->> '$.identity', e.actor) as identity,
    list_contains(getvariable('art_02_identities'), coalesce(e.attributes ->> '$.identity', e.actor)) as is_allowed
  from controls.deployment_evidence as e
  join kind as k on k.kind = e.kind
),
attached as (
  select
    t.deployment_id, t.digest, p.evidence_id, p.is_verification, p.occurred_at, p.is_before, p.is_verified, p.identity, p.is_allowed,
    coalesce(p.is_bad, false) as is_bad,
    row_number() over (
      partition by t.deployment_id, t.digest, p.is_verification
      order by p.is_before and p.occurred_at is not null desc, p.occurred_at desc nulls last, p.is_bad desc, p.evidence_id
    ) as recency
  from thing as t
  join proof as p on p.deployment_id = t.deployment_id and (p.digest is null or p.digest = t.digest or t.digest is null)
),
proven as (
  select
    deployment_id,
    digest,
    bool_or(not is_bad and (not is_verification or is_verified)) as is_signed,
    bool_or(not is_verification and is_bad) as is_bad,
    bool_or(identity is not null and not is_bad) as has_identity,
    bool_or(is_allowed and not is_bad) as is_allowed,
    bool_or(is_verification and recency = 1 and is_bad and is_before) as is_refused,
    bool_or(is_verification and recency = 1 and is_verified and is_before and occurred_at is not null) as is_verified,
    bool_or(is_verification and is_verified and not is_before) as is_late,
    bool_or(is_verification) as has_verification,
    list(evidence_id) as evidence
  from attached
  group by deployment_id, digest
),
checked as (
  select
    t.deployment_id,
    t.is_signed or coalesce(p.is_signed, false) as is_signed,
    coalesce(p.is_bad, false) as is_bad,
    coalesce(p.has_identity, false) as has_identity,
    len(getvariable('art_02_identities')) = 0 or coalesce(p.is_allowed, false) as is_allowed,
    coalesce(p.is_refused, false) as is_refused,
    coalesce(p.is_verified, false) as is_verified,
    coalesce(p.is_late, false) as is_late,
    coalesce(p.has_verification, false) as has_verification,
    p.evidence
  from thing as t
  left join proven as p on p.deployment_id = t.deployment_id and coalesce(p.digest, '') = coalesce(t.digest, '')
),
stated as (
  select
    *,
    case
      when is_refused then 'refused'
      when is_bad and not is_signed then 'bad'
      when not is_signed then 'unsigned'
      when not is_allowed and has_identity then 'stranger'
      when not is_allowed then 'nameless'
      when is_verified then 'verified'
      when is_late then 'late'
      when has_verification then 'untold'
      else 'unverified'
    end as state
  from checked
),
whole as (
  select
    deployment_id,
    count(*) as things,
    count(*) filter (where state = 'refused') as refused,
    count(*) filter (where state = 'bad') as bad,
    count(*) filter (where state = 'stranger') as strangers,
    count(*) filter (where state = 'late') as late,
    count(*) filter (where state = 'unsigned') as unsigned,
    count(*) filter (where state = 'nameless') as nameless,
    count(*) filter (where state = 'unverified') as unverified,
    count(*) filter (where state = 'untold') as untold,
    list_sort(list_distinct(flatten(list(evidence) filter (where evidence is not null)))) as evidence
  from stated
  group by deployment_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when s.deployment_id is not null then 'not_applicable'
    when w.refused + w.bad + w.strangers + w.late > 0 then 'fail'
    when w.unsigned + w.unverified + w.nameless > 0 then 'missing'
    when w.untold > 0 then 'unknown'
    else 'pass'
  end as verdict,
  case
    when s.deployment_id is not null then 'All that the deployment brings is made by somebody else (third_party_kinds).'
    when w.things = 1 and w.refused > 0 then 'The verification of the signature of the artifact deployed failed before the deployment began.'
    when w.things = 1 and w.bad > 0 then 'The signature of the artifact deployed is known to be bad.'
    when w.things = 1 and w.strangers > 0 then 'The artifact deployed is signed by an identity that may not sign.'
    when w.things = 1 and w.late > 0 then 'The signature of the artifact deployed was verified only after the deployment had begun.'
    when w.things = 1 and w.unsigned > 0 then 'No signature of the artifact deployed was found.'
    when w.things = 1 and w.nameless > 0 then 'The artifact deployed is signed, but nothing says by whom.'
    when w.things = 1 and w.unverified > 0 then 'The artifact deployed is signed, but no verification of its signature was found.'
    when w.things = 1 and w.untold > 0 then 'The artifact deployed is signed, but its verification does not say when it was or how it ended.'
    when w.refused + w.bad + w.strangers + w.late + w.unsigned + w.unverified + w.nameless + w.untold > 0
      then concat_ws(
        ' ',
        'Of the ' || w.things || ' artifacts deployed:',
        concat_ws(
          ', ',
          case when w.refused > 0 then w.refused || ' whose verification before it began failed' end,
          case when w.bad > 0 then w.bad || ' with a bad signature' end,
          case when w.strangers > 0 then w.strangers || ' signed by an identity that may not' end,
          case when w.late > 0 then w.late || ' verified only after it began' end,
          case when w.unsigned > 0 then w.unsigned || ' of which no signature was found' end,
          case when w.nameless > 0 then w.nameless || ' of which nobody knows who signed' end,
          case when w.unverified > 0 then w.unverified || ' of which no verification was found' end,
          case when w.untold > 0 then w.untold || ' whose verification does not say when or how it ended' end
        ) || '.'
      )
    when w.things = 1 then 'The artifact deployed is signed, and its signature was verified before the deployment began.'
    else 'The ' || w.things || ' artifacts deployed are signed, and their signatures were verified before the deployment began.'
  end as reason,
  coalesce(w.evidence, []) as evidence,
  ['evidence'] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
join whole as w on w.deployment_id = d.deployment_id
left join spared as s on s.deployment_id = d.deployment_id
order by unit
