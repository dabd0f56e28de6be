-- Every query in force, and what each of them has a part in. A local one carries whose word it is.
drop table raw.local_rule;

create table raw.query (
  relation varchar not null,
  file varchar not null,
  sha256 varchar not null,
  version varchar,
  is_local boolean not null,
  affects varchar[] not null,
  variables varchar[] not null,
  reason varchar,
  decided_by varchar,
  decided_at date
);

create view raw.local_rule as
select relation, file, sha256, affects, reason, decided_by, decided_at
from raw.query
where is_local;

-- With the hash of what each record says, so that a digest can be made of all.
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
where recency = 1 and not is_deleted;

-- A site that was written. Figures up to `horizon` are final as far as is known: as-of, or the start of the
-- last collection where that came first.
create table raw.publication (
  publication bigint primary key,
  as_of timestamptz not null,
  horizon timestamptz not null,
  batch_id bigint not null,
  configuration_sha256 varchar not null,
  queries_sha256 varchar not null,
  product_version varchar not null
);

-- Each configuration and each set of queries is kept once, however many publications have it.
create table raw.published_configuration (configuration_sha256 varchar not null, document json not null);

create table raw.published_query (
  queries_sha256 varchar not null,
  relation varchar not null,
  sha256 varchar not null,
  version varchar,
  is_local boolean not null,
  affects varchar[] not null
);

-- A figure is kept when it is published first, and again when it moved.
create table raw.published_figure (
  publication bigint not null,
  metric varchar not null,
  scope_kind varchar not null,
  scope varchar not null,
  period_kind varchar not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  period_label varchar not null,
  unit varchar not null,
  basis varchar not null,
  value double,
  n bigint not null,
  pending bigint not null,
  status varchar not null,
  rule_version varchar not null
);

create table raw.restatement (
  publication bigint not null,
  from_publication bigint not null,
  metric varchar not null,
  scope_kind varchar not null,
  scope varchar not null,
  period_kind varchar not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  period_label varchar not null,
  unit varchar not null,
  old_basis varchar not null,
  old_value double,
  old_n bigint not null,
  old_status varchar not null,
  new_basis varchar not null,
  new_value double,
  new_n bigint not null,
  new_status varchar not null,
  kinds varchar[] not null,
  reasons varchar[] not null
);
