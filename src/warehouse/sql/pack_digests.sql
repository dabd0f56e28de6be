-- What the digests on the cover of a pack are made of: the SHA-256 of each text is the digest. reports.provenance makes them of the same.
select
  'evidence/digests.txt' as path,
  coalesce(string_agg(source || ' ' || stream || ' ' || sha256, chr(10) order by source, stream), '') as text
from reports.records_digest
union all
select 'sql/digests.txt', string_agg(relation || ' ' || sha256, chr(10) order by relation)
from raw.query
order by path
