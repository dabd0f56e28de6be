/*
title: Retention policies from files
description: How long records of a class are kept.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "record_class": "VARCHAR", "keep_for": "VARCHAR", "keep_unit": "VARCHAR", "system": "VARCHAR", "service": "VARCHAR",
        "basis": "VARCHAR", "owner": "VARCHAR", "approver": "VARCHAR", "valid_from": "VARCHAR", "valid_until": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'retention_policy'
)
select
  source,
  said.id as id,
  said.record_class as record_class,
  staging.span(said.keep_for) as keep_for,
  said.keep_unit as keep_unit,
  said.system as system,
  said.service as service,
  said.basis as basis,
  said.owner as owner,
  said.approver as approver,
  staging.day(said.valid_from) as valid_from,
  staging.day(said.valid_until) as valid_until,
  said.url as url
from record
order by source, id
