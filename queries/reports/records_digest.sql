/*
title: Digest of the records
grain: one row per source of quarterdeck.yaml and stream that holds records
rule: >
  SHA-256 over what the source says now: the hash of each current record covers source, stream, key and payload; hashes are sorted and joined in
  groups by their first two digits, and the groups' hashes are joined in that order. Neither when nor in how many runs it was collected has a part
  in it, so that an independent collection of the same records gives the same digest
version: 1
*/
with part as (
  select
    r.source, r.stream, left(r.sha256, 2) as digits, count(*) as records, sha256(string_agg(r.sha256, '' order by r.sha256)) as sha256
  from raw.current as r
  join staging.source as s on s.source = r.source
  group by r.source, r.stream, left(r.sha256, 2)
)
select source, stream, sum(records)::bigint as records, sha256(string_agg(sha256, '' order by digits)) as sha256
from part
group by source, stream
order by source, stream
