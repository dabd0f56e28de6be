/*
control: ART-01
title: Named and versioned by the rule, and unique
question: Is the release's version valid and higher than those before, and does the name of its artifact say what it is and mean nothing else?
grain: one row per release
rule: >
  Its version has the form asked for and is higher than every one before; of an older line, 2.4 beside 3.0, than every one before of that line. Each of its artifacts has a name of the form
  asked for and says all that is asked for. No name and version of one kind of artifact means two digests. Artifacts of third parties are not judged
version: 1
units: [release]
severity: medium
owner: Engineering
needs:
  - { of: artifact, as: supporting }
parameters:
  name_pattern:
    default: ^[A-Za-z0-9][A-Za-z0-9._/@:+%~=,-]*$
    description: Regular expression that names of artifacts match.
  version_pattern:
    default: ^[vV]?[0-9]+([.][0-9]+){1,3}([-+.][0-9A-Za-z.+-]+)?$
    description: Regular expression that versions match; as it stands semantic versions and those by date.
  parts:
    default: [version, sha, built_at]
    description: What an artifact must say of itself; version, sha (its commit), built_at or digest.
  third_party_kinds:
    default: [third-party, third_party, vendor, external]
    description: Kinds of artifact that somebody else makes.
frameworks:
  cobit: [BAI10.02]
  soc2: [CC8.1]
  iso_27001: ["8.9", "8.32"]
  nist_800_53: [CM-2, CM-8, SA-10]
  ssdf: [PS.1, PS.3]
remedy: Let the build name and number what it makes, once; never put other content under a name that is taken.
steps:
  - when: "Duplicate:"
    do: "Find out which of the two was deployed, and give the other one a name of its own; never build a version twice."
  - when: "Order:"
    do: "If the numbers are right, nothing needs mending but the next number must be higher. If a wrong version was recorded, correct it at its source."
  - when: "Pattern: the version"
    do: "Correct the version at its source, or set `version_pattern` of this control to the form that you use."
  - when: "Pattern: names of artifacts"
    do: "Correct the names in the build, or set `name_pattern` of this control to the form that you use."
  - when: "do not say all"
    do: "Let the build, or the registry, say for these artifacts what is missing."
  - when: "no artifact of it was found"
    do: "Have the artifact of {unit} collected from its registry, with version and service."
*/
with parsed as (
  select
    release_id,
    service,
    version,
    went_live_at,
    regexp_matches(version, getvariable('art_01_version_pattern')) as is_valid,
    regexp_extract(version, '^[vV]?([0-9]+)', 1) as major,
    coalesce(nullif(regexp_extract(version, '^[vV]?[0-9]+[.]([0-9]+)', 1), ''), '0') as minor,
    coalesce(nullif(regexp_extract(version, '^[vV]?[0-9]+[.][0-9]+[.]([0-9]+)', 1), ''), '0') as patch,
    coalesce(nullif(regexp_extract(version, '^[vV]?[0-9]+[.][0-9]+[.][0-9]+[.]([0-9]+)', 1), ''), '0') as build,
    regexp_extract(version, '^[vV]?[0-9.]+-([^+]*)', 1) as candidate
  from controls.production_release
),
-- A candidate, 1.4.0-rc.1, comes before what it is a candidate for.
keyed as (
  select
    *,
    lpad(major, 20, '0') as major_key,
    lpad(major, 20, '0') || lpad(minor, 20, '0') as minor_key,
    lpad(major, 20, '0') || lpad(minor, 20, '0') || lpad(patch, 20, '0') || lpad(build, 20, '0')
    || case when candidate = '' then '~' else regexp_replace(regexp_replace(candidate, '([0-9]+)', '0000000000\1', 'g'), '[0-9]*([0-9]{10})', '\1', 'g') end as version_key
  from parsed
  where is_valid
),
ordered as (
  select
    release_id,
    version_key,
    max(version_key) over (partition by service order by went_live_at, release_id rows between unbounded preceding and 1 preceding) as highest,
    max(version_key) over (partition by service, major_key order by went_live_at, release_id rows between unbounded preceding and 1 preceding) as highest_of_major,
    max(version_key) over (partition by service, minor_key order by went_live_at, release_id rows between unbounded preceding and 1 preceding) as highest_of_minor
  from keyed
),
artifact as (
  select
    t.release_id,
    a.artifact_id,
    a.name,
    a.version,
    lower(a.digest) as digest,
    a.sha,
    a.built_at,
    a.service,
    coalesce(a.kind, '') as kind,
    coalesce(list_contains(getvariable('art_01_third_party_kinds'), lower(a.kind)), false) as is_third_party
  from controls.release_artifact as t
  join model.artifact as a on a.artifact_id = t.artifact_id
),
taken as (
  select service, name, version, coalesce(kind, '') as kind
  from model.artifact
  where version is not null and digest is not null
  group by service, name, version, coalesce(kind, ''), split_part(lower(digest), ':', 1)
  having count(distinct lower(digest)) > 1
),
part as (
  select lower(unnest(getvariable('art_01_parts'))) as part
),
-- One artifact may be told of by several sources, each with a part of it.
whole_artifact as (
  select
    release_id,
    coalesce(digest, name || ' ' || coalesce(version, '')) as thing,
    min(name) as name,
    bool_or(version is not null) as has_version,
    bool_or(sha is not null) as has_sha,
    bool_or(built_at is not null) as has_built_at,
    bool_or(digest is not null) as has_digest
  from artifact
  where not is_third_party
  group by release_id, coalesce(digest, name || ' ' || coalesce(version, ''))
),
lacking as (
  select w.release_id, w.name, p.part
  from whole_artifact as w
  join part as p
    on
      (p.part = 'version' and not w.has_version) or (p.part = 'sha' and not w.has_sha)
      or (p.part = 'built_at' and not w.has_built_at) or (p.part = 'digest' and not w.has_digest)
),
lack as (
  select release_id, string_agg(distinct name || ' (' || part || ')', ', ' order by name || ' (' || part || ')') as words
  from lacking
  group by release_id
),
named as (
  select
    a.release_id,
    bool_and(a.is_third_party) as is_third_party,
    string_agg(distinct a.name, ', ' order by a.name)
      filter (where not a.is_third_party and not regexp_matches(a.name, getvariable('art_01_name_pattern'))) as misnamed,
    string_agg(distinct a.name || ' ' || a.version, ', ' order by a.name || ' ' || a.version)
      filter (where not a.is_third_party and t.name is not null) as duplicates,
    list_sort(list(distinct a.artifact_id)) as artifacts
  from artifact as a
  left join taken as t on t.name = a.name and t.version = a.version and t.kind = a.kind and t.service is not distinct from a.service
  group by a.release_id
),
fact as (
  select
    p.release_id,
    p.is_valid,
    o.version_key <= o.highest
    and not coalesce(o.version_key > o.highest_of_major, false)
    and not coalesce(o.version_key > o.highest_of_minor, false) as is_disordered,
    n.release_id is not null as has_artifact,
    coalesce(n.is_third_party, false) as is_third_party,
    n.misnamed,
    n.duplicates,
    l.words as lacking,
    n.artifacts
  from parsed as p
  left join ordered as o on o.release_id = p.release_id
  left join named as n on n.release_id = p.release_id
  left join lack as l on l.release_id = p.release_id
)
select
  'release' as unit_kind,
  r.release_id as unit,
  r.service,
  null as environment,
  r.went_live_at as occurred_at,
  null::timestamptz as due_at,
  case
    when f.is_third_party then 'not_applicable'
    when not f.is_valid or coalesce(f.is_disordered, false) or f.misnamed is not null or f.duplicates is not null then 'fail'
    when not f.has_artifact or f.lacking is not null then 'missing'
    else 'pass'
  end as verdict,
  case
    when f.is_third_party then 'All that the release deploys is made by somebody else (third_party_kinds).'
    when not f.is_valid or coalesce(f.is_disordered, false) or f.misnamed is not null or f.duplicates is not null
      then concat_ws(
        ' ',
        case when not f.is_valid then 'Pattern: the version ' || r.version || ' has not the form asked for.' end,
        'Pattern: names of artifacts have not the form asked for: ' || f.misnamed || '.',
        case when f.is_disordered then 'Order: ' || r.version || ' is not higher than the versions before it.' end,
        'Duplicate: one name means several digests: ' || f.duplicates || '.'
      )
    when not f.has_artifact then 'The version of the release follows the rule, but no artifact of it was found.'
    when f.lacking is not null then 'Pattern: artifacts of the release do not say all that they must of themselves: ' || f.lacking || '.'
    else 'The version of the release and the names of its artifacts follow the rule, and mean one thing each.'
  end as reason,
  coalesce(f.artifacts, []) as evidence,
  ['artifact'] as missing,
  []::varchar[] as findings
from controls.production_release as r
join fact as f on f.release_id = r.release_id
order by unit
