/*
measure: artifact_size
title: Size of an artifact
question: Do packages grow?
rule: Size of an artifact as its registry says, in millions of bytes, filed by when it was built.
version: 1
unit: MB
statistic: median
better: lower
made_from: [artifact]
connect: a source of artifacts with their size and build time would bring them
fact: artifact
facts: artifacts
cut: kind of package
*/
select
  service,
  built_at as occurred_at,
  size_bytes / 1000000.0 as value,
  null as is_hit,
  artifact_id as subject,
  coalesce(kind, 'not known') as cut
from model.artifact
where size_bytes >= 0
order by occurred_at, subject
