/*
title: To which time a version belongs
grain: one row per version that says something
rule: >
  The latest instant that it tells of what has happened, of its own or as its source dates it, and never later than when it was fetched. What is planned, due or valid is no such instant. A
  version that tells of none (a person, a grant of a role) is timeless: it belongs to no period and goes into every archive
version: 1
description: >
  `belongs_at`: where its period is, null = timeless; `first_at`: the first instant that it tells of, where it is none later. `kept_from`: from when the time for which it is kept is counted.
  `service` and `repository` as it names them, null where it names none in a way that is the same in all sources.
*/
create or replace temp table dated_record as
with told as (
  select
    r.source,
    r.stream,
    r.key,
    r.version,
    r.sha256,
    r.fetched_at,
    list_filter(
      list_concat(
        list_transform(
          json_extract_string(
            r.payload,
            [
              '$.finished_at', '$.ended_at', '$.completed_at', '$.resolved_at', '$.closed_at', '$.merged_at', '$.mitigated_at', '$.acknowledged_at',
              '$.detected_at', '$.started_at', '$.queued_at', '$.created_at', '$.opened_at', '$.updated_at', '$.committed_at', '$.authored_at',
              '$.submitted_at', '$.decided_at', '$.published_at', '$.tagged_at', '$.recorded_at', '$.checked_at', '$.disposed_at', '$.reviewed_at',
              '$.held_at', '$.approved_at', '$.revised_at', '$.pinned_at', '$.built_at', '$.scanned_at', '$.copied_at', '$.requested_at', '$.ready_at',
              '$.changed_at', '$.written_at', '$.at', '$.sys_updated_on.value', '$.sys_updated_on'
            ]
          ),
          lambda text: try_cast(text as timestamptz)
        ),
        -- The end of a stretch of traffic is past; that of a window or booking may be a plan.
        [r.updated_at, case when r.stream = 'service_traffic' then try_cast(json_extract_string(r.payload, '$.ends_at') as timestamptz) end]
      ),
      lambda instant: isfinite(instant)
    ) as instants,
    case when json_type(r.payload, '$.service') = 'VARCHAR' then r.payload ->> '$.service' end as service,
    case when json_type(r.payload, '$.repository') = 'VARCHAR' then r.payload ->> '$.repository' end as repository,
    row_number() over (partition by r.source, r.stream, r.key order by r.version desc) > 1 as is_replaced
  from raw.record as r
  where r.payload is not null
)
select
  source,
  stream,
  key,
  version,
  sha256,
  case when len(instants) > 0 then least(list_max(instants), fetched_at) end as belongs_at,
  case when len(instants) > 0 then least(list_min(instants), fetched_at) end as first_at,
  least(list_max(instants), fetched_at) as kept_from,
  service,
  repository,
  is_replaced
from told
