-- What was done to what is kept, by whom and why: holds and their release, disposals, restorations. Only added to, and each entry is chained to the one before.
create table raw.custody (
  event_id bigint primary key,
  happened_at timestamptz not null,
  done_by varchar not null,
  kind varchar not null,
  reason varchar not null,
  document json not null,
  sha256 varchar not null,
  previous_sha256 varchar not null,
  chain_sha256 varchar not null
);

-- Versions whose payload went by a disposal, each with the hash that stays, and whether an archive holds it; or that came without it from an archive. One that was restored since has its payload again.
create table raw.disposed (
  event_id bigint not null,
  source varchar not null,
  stream varchar not null,
  key varchar not null,
  version integer not null,
  sha256 varchar not null,
  is_archived boolean not null
);

-- What archives say that are attached to a session (src/archive/attach.ts); in all others nothing.
create macro archived_payload() as table
select null::varchar as source, null::varchar as stream, null::varchar as key, null::integer as version, null::varchar as sha256, null::json as payload
where false;

-- Every version, with what it says where that is held here or in an attached archive.
create view raw.kept as
select
  r.source, r.stream, r.key, r.version, r.run_id, r.batch_id, r.ordinal, r.fetched_at, r.updated_at, r.is_deleted, coalesce(r.payload, a.payload) as payload, r.sha256
from raw.record as r
left join archived_payload() as a on a.source = r.source and a.stream = r.stream and a.key = r.key and a.version = r.version and a.sha256 = r.sha256;

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
  from raw.kept
)
select source, stream, key, updated_at, payload, run_id, sha256
from newest
where recency = 1 and not is_deleted and payload is not null;

-- What a source is known to have, for collectors: with what was disposed of, which is not asked for anew.
create view raw.known as
with newest as (
  select r.*, row_number() over (partition by source, stream, key order by version desc) as recency
  from raw.record as r
)
select n.source, n.stream, n.key, n.version, n.updated_at, n.payload, n.sha256
from newest as n
where
  n.recency = 1
  and not n.is_deleted
  and not exists (
    select 1
    from raw.erasure as e
    where e.source = n.source and e.stream = n.stream and e.key = n.key and e.version = n.version and n.payload is null
  );

-- What is not here any more because it was disposed of. What the law erased besides is not among it: no archive brings that back.
create view raw.gone as
select r.source, r.stream, r.key, r.version, r.batch_id, r.fetched_at, r.sha256, max(d.event_id) as event_id, arg_max(d.is_archived, d.event_id) as is_archived
from raw.record as r
join raw.disposed as d on d.source = r.source and d.stream = r.stream and d.key = r.key and d.version = r.version and d.sha256 = r.sha256
where
  r.payload is null
  and not r.is_deleted
  and not exists (select 1 from raw.erasure as e where e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version)
group by r.source, r.stream, r.key, r.version, r.batch_id, r.fetched_at, r.sha256;
