create schema raw;


-- Configuration of the last model build, secrets left out; staging unpacks it.
create table raw.configuration (document json not null);

create table raw.run (
  run_id bigint primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  status varchar not null,
  product_version varchar not null
);

create table raw.source_run (
  run_id bigint not null,
  source varchar not null,
  stream varchar not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  status varchar not null,
  pages bigint not null,
  stored bigint not null,
  unchanged bigint not null,
  deleted bigint not null,
  rejected bigint not null,
  declared_total bigint,
  message varchar
);

create table raw.batch (
  batch_id bigint primary key,
  run_id bigint not null,
  source varchar not null,
  stream varchar not null,
  records bigint not null,
  sha256 varchar not null,
  previous_sha256 varchar not null,
  chain_sha256 varchar not null
);

create table raw.record (
  source varchar not null,
  stream varchar not null,
  key varchar not null,
  version integer not null,
  run_id bigint not null,
  batch_id bigint not null,
  ordinal bigint not null,
  fetched_at timestamptz not null,
  updated_at timestamptz,
  is_deleted boolean not null,
  payload json,
  sha256 varchar not null
);

create table raw.cursor (
  source varchar not null,
  stream varchar not null,
  run_id bigint not null,
  cursor json not null
);

create table raw.read_file (
  run_id bigint not null,
  source varchar not null,
  stream varchar not null,
  file varchar not null,
  accepted bigint not null,
  rejected bigint not null
);

create table raw.rejected_row (
  run_id bigint not null,
  source varchar not null,
  stream varchar not null,
  file varchar not null,
  line bigint not null,
  column_name varchar,
  reason varchar not null,
  text varchar not null
);

-- Newest version of every record that its source still has.
create view raw.current as
with newest as (
  select
    source,
    stream,
    key,
    updated_at,
    is_deleted,
    payload,
    run_id,
    row_number() over (partition by source, stream, key order by version desc) as recency
  from raw.record
)
select source, stream, key, updated_at, payload, run_id
from newest
where recency = 1 and not is_deleted;

-- Rejected rows of each file as it was last read.
create view raw.current_rejected_row as
with last_read as (
  select source, stream, file, max(run_id) as run_id
  from raw.read_file
  group by source, stream, file
)
select r.run_id, r.source, r.stream, r.file, r.line, r.column_name, r.reason, r.text
from raw.rejected_row as r
join last_read as l
  on l.source = r.source and l.stream = r.stream and l.file = r.file and l.run_id = r.run_id;

-- What the tables of the model were last built from.
create table raw.model_build (
  fingerprint varchar not null,
  as_of timestamptz not null,
  run_id bigint
);

-- Queries of the user in force, and what each of them has a part in.
create table raw.local_rule (
  relation varchar not null,
  file varchar not null,
  sha256 varchar not null,
  affects varchar[] not null
);
