/*
title: What is past its time
grain: one row per version
description: "`archive`: place in the list of archives of one that holds it, hash and all; null = none does. `hold`: an open hold that covers it."
parameters: $1 as-of, $2 class (null = all)
*/
create or replace temp table past_record as
select
  t.source, t.stream, t.key, t.version, t.sha256, t.kept_from, t.class, t.words, t.basis, t.kept_until, a.archive, h.hold
from retained as t
left join archived as a on a.source = t.source and a.stream = t.stream and a.key = t.key and a.version = t.version and a.sha256 = t.sha256
left join on_hold as h on h.source = t.source and h.stream = t.stream and h.key = t.key and h.version = t.version
where t.kept_until <= $1::timestamptz and ($2::varchar is null or t.class = $2::varchar)
