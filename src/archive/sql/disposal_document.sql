-- What is said in the custody log of what goes of a class, as JSON. $1 class, $2 whether what is in no archive goes, too.
with going as (
  select *
  from past_record
  where class = $1 and hold is null and (archive is not null or $2)
),
going_row as (
  select *
  from past_rejected
  where class = $1 and hold is null and (archive is not null or $2)
),
rejected as (
  select source, stream, count(*) as rows, count(*) filter (where archive is null) as unarchived, min(rejected_at) as oldest_at, max(rejected_at) as newest_at
  from going_row
  group by source, stream
),
policy as (
  select words, basis, archive
  from going
  union all
  select words, basis, archive
  from going_row
),
stream as (
  select source, stream, count(*) as records, count(*) filter (where archive is null) as unarchived, min(kept_from) as oldest_at, max(kept_from) as newest_at
  from going
  group by source, stream
)
select
  to_json(
    {
      class: $1,
      keep: (select min(words) from policy),
      basis: (select min(basis) from policy),
      records: (select count(*) from going),
      unarchived: (select count(*) from going where archive is null),
      archives: (select coalesce(list_sort(list(distinct archive) filter (where archive is not null)), []) from policy),
      streams: (
        select
          coalesce(list(
            {
              source: source, stream: stream, records: records, unarchived: unarchived,
              oldest_at: strftime(timezone('UTC', oldest_at), '%Y-%m-%dT%H:%M:%SZ'), newest_at: strftime(timezone('UTC', newest_at), '%Y-%m-%dT%H:%M:%SZ')
            }
            order by source, stream
          ), [])
        from stream
      ),
      rejected_rows: (
        select
          coalesce(list(
            {
              source: source, stream: stream, rows: rows, unarchived: unarchived,
              rejected_from: strftime(timezone('UTC', oldest_at), '%Y-%m-%dT%H:%M:%SZ'), rejected_until: strftime(timezone('UTC', newest_at), '%Y-%m-%dT%H:%M:%SZ')
            }
            order by source, stream
          ), [])
        from rejected
      )
    }
  )::varchar as document
