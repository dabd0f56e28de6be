/*
title: Digest of the records
grain: one row per source and stream that holds records
rule: >
  SHA-256 over what the source says now: the hash of each current record covers source, stream, key and payload; hashes are sorted and joined in
  groups by their first two digits, and the groups' hashes are joined in that order. Neither when nor in how many runs it was collected has a part
  in it, so that an independent collection of the same records gives the same digest
version: 1
*/
with part as (
  select source, stream, left(sha256, 2) as digits, count(*) as records, sha256(string_agg(sha256, '' order by sha256)) as sha256
  from raw.current
  group by source, stream, left(sha256, 2)
)
select source, stream, sum(records)::bigint as records, sha256(string_agg(sha256, '' order by digits)) as sha256
from part
group by source, stream
order by source, stream
