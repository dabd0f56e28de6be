-- Records that are known by their hash alone: which of them attached archives give back.
select
  (select count(*) from raw.gone) - (select coalesce(sum(records), 0) from staging.gone)::bigint as read_from_archives,
  (select coalesce(sum(records), 0) from staging.gone)::bigint as read_nowhere
