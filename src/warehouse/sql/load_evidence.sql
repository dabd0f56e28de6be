-- Puts the records of a pack in the place of those that were collected. A record is tied to what its batch sealed by its hash, which covers source, stream, key and what it says.
insert into raw.record
with numbered as (
  select
    *,
    row_number() over (partition by source, stream, sha256 order by version desc) as recency
  from pack_sealed
),
placed as (
  select r.*, s.batch, s.ordinal, s.version as sealed_version, s.updated_at_us
  from pack_record as r
  left join numbered as s
    on
      s.source = r.source and s.stream = r.stream and s.sha256 = r.sha256
      and case when r.is_earlier then s.version = r.version else s.recency = 1 end
)
select
  p.source,
  p.stream,
  p.key,
  coalesce(p.sealed_version, p.version) as version,
  coalesce(b.run_id, 0) as run_id,
  coalesce(p.batch, 0) as batch_id,
  coalesce(p.ordinal, p.line) as ordinal,
  make_timestamptz(coalesce(b.fetched_at_us, 0)) as fetched_at,
  coalesce(make_timestamptz(p.updated_at_us), p.updated_at::timestamptz) as updated_at,
  p.is_deleted,
  p.payload::json as payload,
  p.sha256
from placed as p
left join pack_batch as b on b.batch_id = p.batch
