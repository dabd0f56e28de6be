-- What records said was taken out of the database for good: which, why, by whose word. The hash of what they said stays with them, so that the chain still verifies.
create table raw.erasure (
  source varchar not null,
  stream varchar not null,
  key varchar not null,
  version integer not null,
  sha256 varchar not null,
  reason varchar not null,
  erased_by varchar not null,
  erased_at timestamptz not null
);

-- Without what was erased: of it nothing is known but that it was there.
create or replace view raw.current as
with newest as (
  select
    source,
    stream,
    key,
    updated_at,
    is_deleted,
    payload,
    run_id,
    sha256,
    row_number() over (partition by source, stream, key order by version desc) as recency
  from raw.record
)
select source, stream, key, updated_at, payload, run_id, sha256
from newest
where recency = 1 and not is_deleted and payload is not null;
