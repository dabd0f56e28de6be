-- What asking cost, where a source is asked at all. Points only where the vendor counts such.
create table raw.source_usage (
  run_id bigint not null,
  source varchar not null,
  stream varchar not null,
  calls bigint not null,
  points bigint,
  retries bigint not null,
  waited_seconds double not null
);
