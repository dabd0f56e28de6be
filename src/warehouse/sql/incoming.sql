create or replace temp table incoming (
  ordinal bigint,
  key varchar,
  updated_at varchar,
  payload varchar
);
