/*
title: Proof from evidence
description: >
  Scans, bills of materials, provenance, other statements and their signatures, each about a digest, else a commit, else a version. A signature is `verified` where a
  configured key made it, else `not verified`: that it is there is all that is known.
grain: one row per source and id
*/
with proof as (
  select
    source,
    to_json([path, run_position::varchar])::varchar as id,
    kind,
    coalesce(digest, sha, version) as subject,
    service,
    finished_at as "at",
    tool as actor,
    case when not is_whole then 'incomplete' when blocking > 0 then 'failed' else 'passed' end as outcome,
    json_object(
      'file', path, 'tool', tool, 'tool_version', tool_version, 'category', category, 'sha', sha, 'digest', digest, 'version', version,
      'environment', environment, 'repository', repository, 'errors', errors, 'warnings', warnings, 'notes', notes, 'critical', critical, 'high', high,
      'suppressed', suppressed, 'blocking', blocking, 'blocking_rules', blocking_rules
    ) as attributes
  from staging.evidence_scan
  union all
  select
    source,
    to_json([path, position::varchar])::varchar as id,
    'sbom' as kind,
    coalesce(digest, sha, version) as subject,
    service,
    created_at as "at",
    tool as actor,
    null as outcome,
    json_object(
      'file', path, 'sha256', sha256, 'format', format, 'spec', spec, 'serial', serial, 'name', name, 'version', version, 'purl', purl, 'sha', sha, 'digest', digest,
      'environment', environment, 'tool', tool, 'tool_version', tool_version, 'components', components
    ) as attributes
  from staging.evidence_bill
  union all
  select
    source,
    to_json([path, statement_position::varchar, subject_position::varchar])::varchar as id,
    case when is_provenance then 'provenance' else 'attestation' end as kind,
    coalesce(digest, sha, version) as subject,
    service,
    finished_at as "at",
    builder as actor,
    null as outcome,
    json_object(
      'file', path, 'predicate_type', predicate_type, 'name', name, 'sha', sha, 'digest', digest, 'version', version, 'environment', environment,
      'builder', builder, 'build_type', build_type, 'source_uri', source_uri, 'signatures', signatures, 'verified_by', verified_by
    ) as attributes
  from staging.evidence_statement
  union all
  select
    source,
    to_json([path, statement_position::varchar, subject_position::varchar, 'signature'])::varchar as id,
    'signature' as kind,
    coalesce(digest, sha, version) as subject,
    service,
    finished_at as "at",
    verified_by[1] as actor,
    case when len(verified_by) > 0 then 'verified' else 'not verified' end as outcome,
    json_object('file', path, 'name', name, 'digest', digest, 'keyids', keyids, 'verified_by', verified_by, 'is_bundle', is_bundle) as attributes
  from staging.evidence_statement
  where signatures > 0
)
select source, id, kind, subject, service, "at", actor, outcome, null::varchar as url, attributes
from proof
order by source, id
