-- Puts the records of a pack in the place of those that were collected. A record is tied to what its batch sealed by its hash, which covers source, stream, key and what it says.
insert into raw.record
with newest as (
  select source, stream, sha256, max(version) as version
  from pack_sealed
  group by source, stream, sha256
),
placed as (
  select r.* exclude (version), case when r.is_earlier then r.version else coalesce(n.version, r.version) end as version
  from pack_record as r
  left join newest as n on n.source = r.source and n.stream = r.stream and n.sha256 = r.sha256
),
sealed as (
  select s.source, s.stream, s.sha256, s.version, s.batch, s.ordinal, s.updated_at_us, b.run_id, b.fetched_at_us
  from pack_sealed as s
  left join pack_batch as b on b.batch_id = s.batch
)
select
  p.source,
  p.stream,
  p.key,
  p.version,
  coalesce(s.run_id, 0) as run_id,
  coalesce(s.batch, 0) as batch_id,
  coalesce(s.ordinal, p.line) as ordinal,
  make_timestamptz(coalesce(s.fetched_at_us, 0)) as fetched_at,
  coalesce(make_timestamptz(s.updated_at_us), p.updated_at::timestamptz) as updated_at,
  p.is_deleted,
  p.payload::json as payload,
  p.sha256
from placed as p
left join sealed as s on s.source = p.source and s.stream = p.stream and s.sha256 = p.sha256 and s.version = p.version
