-- What is said in the custody log of what goes of a class, as JSON. $1 class, $2 whether what is in no archive goes, too.
with going as (
  select *
  from past_record
  where class = $1 and hold is null and (archive is not null or $2)
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
      keep: (select min(words) from going),
      basis: (select min(basis) from going),
      records: (select count(*) from going),
      unarchived: (select count(*) from going where archive is null),
      archives: (select coalesce(list_sort(list(distinct archive) filter (where archive is not null)), []) from going),
      streams: (
        select
          list(
            {
              source: source, stream: stream, records: records, unarchived: unarchived,
              oldest_at: strftime(timezone('UTC', oldest_at), '%Y-%m-%dT%H:%M:%SZ'), newest_at: strftime(timezone('UTC', newest_at), '%Y-%m-%dT%H:%M:%SZ')
            }
            order by source, stream
          )
        from stream
      )
    }
  )::varchar as document
