-- What the manifest of an archive says of the chain and of what is held, as JSON. The digest is over the hashes of what is held, sorted.
with stream as (
  select source, stream, count(*) as records
  from member
  group by source, stream
)
select
  (
    select to_json({batches: count(*), records: (select count(*) from raw.record), head: coalesce(max_by(chain_sha256, batch_id), sha256(''))})::varchar
    from raw.batch
  ) as chain,
  (
    select
      to_json(
        {
          records: count(*),
          timeless: count(*) filter (where belongs_at is null),
          oldest_at: strftime(timezone('UTC', min(belongs_at)), '%Y-%m-%dT%H:%M:%SZ'),
          newest_at: strftime(timezone('UTC', max(belongs_at)), '%Y-%m-%dT%H:%M:%SZ'),
          records_sha256: sha256(coalesce(string_agg(sha256, '' order by sha256, source, stream, key, version), '')),
          streams: (select list({source: source, stream: stream, records: records} order by source, stream) from stream)
        }
      )::varchar
    from member
  ) as held
