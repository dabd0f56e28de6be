-- Holds, with their release where there is one. `scope` in words.
create or replace temp table hold as
with said as (
  select
    event_id as hold,
    happened_at as held_at,
    done_by as held_by,
    reason,
    from_json(document -> 'sources', '["VARCHAR"]') as sources,
    from_json(document -> 'streams', '["VARCHAR"]') as streams,
    from_json(document -> 'services', '["VARCHAR"]') as services,
    from_json(document -> 'other_services', '["VARCHAR"]') as other_services,
    from_json(document -> 'other_repositories', '["VARCHAR"]') as other_repositories,
    (document ->> 'from')::timestamptz as held_from,
    (document ->> 'until')::timestamptz as held_until
  from raw.custody
  where kind = 'hold'
),
release as (
  select (document ->> 'hold')::bigint as hold, happened_at as released_at, done_by as released_by, reason as release_reason
  from raw.custody
  where kind = 'release'
)
select
  s.*,
  concat_ws(
    ', ',
    case when len(s.sources) > 0 then 'source ' || array_to_string(s.sources, ' and ') end,
    case when len(s.streams) > 0 then 'kind ' || array_to_string(s.streams, ' and ') end,
    case when len(s.services) > 0 then 'service ' || array_to_string(s.services, ' and ') end,
    'from ' || strftime(timezone('UTC', s.held_from), '%Y-%m-%dT%H:%M:%SZ'),
    'until ' || strftime(timezone('UTC', s.held_until), '%Y-%m-%dT%H:%M:%SZ'),
    case when len(s.sources) + len(s.streams) + len(s.services) = 0 and s.held_from is null and s.held_until is null then 'everything' end
  ) as scope,
  r.released_at,
  r.released_by,
  r.release_reason
from said as s
left join release as r on r.hold = s.hold
