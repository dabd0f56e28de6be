/*
title: Records of GitHub
description: >
  What GitHub said, asked or by itself, with the repository as it is called now. The key of a record is the id of its repository and its own. Of
  repositories that are no longer read, nothing is here. Addresses are made from the repository's, which changes with its name.
  Of what was read and what was delivered the newer statement counts, and what only one of them says is kept; a commit does not change.
grain: one row per source, stream and record
*/
with polled as (
  select
    r.source,
    r.stream,
    p.repository_id,
    p.repository,
    p.url as repository_url,
    split_part(r.key, ':', 2) as id,
    -- What deliveries call it too.
    case
      when r.stream in ('deployment', 'release') then r.payload ->> '$.databaseId'
      when r.stream in ('pull_request', 'issue') then r.payload ->> '$.number'
      else split_part(r.key, ':', 2)
    end as common_id,
    r.payload
  from raw.current as r
  join staging.github_repository as p on p.source = r.source and p.repository_id = split_part(r.key, ':', 1)
  where r.stream not in ('repository', 'delivery')
),
said as (
  select source, 'deployment' as stream, repository_number, id, updated_at, is_deleted, payload, []::varchar[] as was
  from staging.github_delivered_deployment
  union all
  select source, 'pull_request' as stream, repository_number, id, updated_at, is_deleted, payload, []::varchar[] as was
  from staging.github_delivered_pull_request
  union all
  select source, 'issue' as stream, repository_number, id, updated_at, is_deleted, payload, []::varchar[] as was
  from staging.github_delivered_issue
  union all
  select source, 'release' as stream, repository_number, id, updated_at, is_deleted, payload, []::varchar[] as was
  from staging.github_delivered_release
  union all
  select source, 'commit' as stream, repository_number, id, updated_at, is_deleted, payload, []::varchar[] as was
  from staging.github_delivered_commit
  union all
  select source, 'ref' as stream, repository_number, id, updated_at, is_deleted, payload, was
  from staging.github_delivered_ref
),
delivered as (
  select s.source, s.stream, p.repository_id, p.repository, p.url as repository_url, s.id, s.updated_at, s.is_deleted, s.payload, s.was
  from said as s
  join staging.github_repository as p on p.source = s.source and p.number = s.repository_number
),
both_known as (
  select
    p.source, p.stream, p.repository_id, p.repository, p.repository_url, p.id, p.payload as read, d.payload as told,
    case
      when p.stream = 'commit' then false
      when p.stream = 'ref' then list_contains(d.was, p.payload ->> '$.target.oid')
      else coalesce(d.updated_at > staging.instant(p.payload ->> '$.updatedAt'), false)
    end as is_told_later,
    d.is_deleted
  from polled as p
  join delivered as d on d.source = p.source and d.stream = p.stream and d.repository_id = p.repository_id and d.id = p.common_id
)
select p.source, p.stream, p.repository_id, p.repository, p.repository_url, p.id, p.payload
from polled as p
where
  not exists (
    select 1
    from delivered as d
    where d.source = p.source and d.stream = p.stream and d.repository_id = p.repository_id and d.id = p.common_id
  )
union all
select
  source, stream, repository_id, repository, repository_url, id,
  case
    when stream = 'commit' then read
    when stream = 'ref' and is_told_later then told
    when stream = 'ref' then read
    when is_told_later then json_merge_patch(read, told)
    else json_merge_patch(told, read)
  end as payload
from both_known
where not is_deleted or (stream = 'ref' and not is_told_later)
union all
select d.source, d.stream, d.repository_id, d.repository, d.repository_url, d.id, d.payload
from delivered as d
where
  not d.is_deleted
  and not exists (
    select 1
    from polled as p
    where p.source = d.source and p.stream = d.stream and p.repository_id = d.repository_id and p.common_id = d.id
  )
order by source, stream, repository_id, id
