/*
title: Changes of configuration and rules between builds
grain: one row per build and path of the configuration, or query, that came, went or changed
audience: audit
description: An element of a list has the path of the list and `[]`. Of queries the values are versions and hashes. Secrets were never in it.
columns:
  publication: Number of the build
  as_of: As-of instant of that build
  from_as_of: As-of instant of the build before
  kind: configuration, local rule or product
  what: Path of the configuration, or query
  old_value: What it was
  new_value: What it is
*/
with changed as (
  select publication, 'configuration' as kind, path as what, old_value, new_value
  from reports.configuration_change
  union all
  select
    publication, case when is_local then 'local rule' else 'product' end, relation,
    concat_ws(' ', 'version ' || old_version, old_sha256), concat_ws(' ', 'version ' || new_version, new_sha256)
  from reports.rule_change
)
select c.publication, s.as_of, s.from_as_of, c.kind, c.what, nullif(c.old_value, '') as old_value, nullif(c.new_value, '') as new_value
from changed as c
join reports.publication_step as s on s.publication = c.publication
order by c.publication desc, c.kind, c.what, old_value nulls first, new_value nulls first
