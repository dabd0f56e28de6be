/*
title: How strong each kind of evidence is
grain: one row per kind of evidence that links an incident to a deployment
description: A reference that the record states, and a person's word, need no strength; they are 1.
*/
with listed as (
  select unnest(['named', 'rollback', 'revert', 'fix', 'same_service', 'upstream', 'release_train']) as kind, document -> 'links' as links
  from raw.configuration
)
select kind, cast(links ->> kind as double) as strength
from listed
order by kind
