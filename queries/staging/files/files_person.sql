/*
title: Persons from files
description: One human or bot behind many logins.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'display_name' as display_name,
  try_cast(r.payload -> 'logins' as varchar[]) as logins,
  try_cast(r.payload -> 'emails' as varchar[]) as emails,
  try_cast(r.payload ->> 'is_bot' as boolean) as is_bot,
  r.payload ->> 'owner' as owner,
  try_cast(r.payload ->> 'active_from' as date) as active_from,
  try_cast(r.payload ->> 'active_until' as date) as active_until,
  r.payload ->> 'pseudonym' as pseudonym
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'person'
order by r.source, id
