-- Digest of the records that an entry of the custody log is about, null where it is about none; verify_chain.sql computes the same. $1 event.
select sha256(string_agg(concat_ws(chr(31), source, stream, key, version, sha256, is_archived), chr(30) order by source, stream, key, version)) as sha256
from raw.disposed
where event_id = $1
