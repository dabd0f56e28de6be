/*
title: Mark what the source no longer has
description: Adds to the page a deletion for every stored record that a complete snapshot did not yield.
parameters: $1 source, $2 stream, $3 first free ordinal
*/
insert into incoming
select
  $3 + row_number() over (order by c.key) as ordinal,
  c.key,
  null as updated_at,
  null as payload
from raw.known as c
where
  c.source = $1
  and c.stream = $2
  and not exists (select 1 from seen_key as s where s.key = c.key)
order by c.key
