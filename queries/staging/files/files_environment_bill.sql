/*
title: Bills of environments from files
description: What an environment cost in a month.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'environment' as environment,
  try_cast(r.payload ->> 'billed_on' as date) as billed_on,
  try_cast(r.payload ->> 'amount' as double) as amount,
  r.payload ->> 'currency' as currency,
  try_cast(r.payload ->> 'recorded_at' as timestamptz) as recorded_at,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'environment_bill'
order by r.source, id
