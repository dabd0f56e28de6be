/*
title: Releases of GitHub as delivered
description: >
  In the words of GraphQL. Older servers do not say when a release was updated: then the delivery's own time counts, and what was edited comes
  after what was published.
grain: one row per source, repository and release
*/
with mention as (
  select
    source,
    repository_number,
    delivery,
    action,
    staging.whole(payload ->> '$.release.id') as number,
    payload -> '$.release' as release,
    coalesce(
      staging.instant(payload ->> '$.release.updated_at'),
      delivered_at,
      staging.instant(payload ->> '$.release.published_at'),
      staging.instant(payload ->> '$.release.created_at')
    ) as updated_at
  from staging.github_delivery
  where event = 'release' and repository_number is not null
),
ranked as (
  select
    source, repository_number, number, release, updated_at,
    bool_or(action = 'deleted') over (partition by source, repository_number, number) as is_deleted,
    row_number() over (
      partition by source, repository_number, number
      order by updated_at desc nulls last, action is distinct from 'edited', try_cast(release ->> '$.draft' as boolean), delivery desc
    ) as choice
  from mention
  where number is not null and (release ->> '$.tag_name') is not null
),
tag as (
  select
    source, repository_number, substr(ref, 11) as name,
    -- Of two within a second always the same.
    arg_max(head_sha, struct_pack(pushed_at := coalesce(pushed_at, to_timestamp(0)), delivery := delivery)) as sha
  from staging.github_delivered_push
  where starts_with(ref, 'refs/tags/') and after is not null
  group by source, repository_number, ref
),
asset as (
  select
    source, repository_number, number,
    list_transform(
      from_json(release -> '$.assets', '[{"node_id":"VARCHAR","name":"VARCHAR","content_type":"VARCHAR","size":"BIGINT","digest":"VARCHAR","created_at":"VARCHAR","updated_at":"VARCHAR","browser_download_url":"VARCHAR"}]'),
      lambda item: {
        'id': item.node_id, 'name': item.name, 'contentType': item.content_type, 'size': item.size, 'digest': item.digest, 'createdAt': item.created_at,
        'updatedAt': item.updated_at, 'url': item.browser_download_url
      }
    ) as nodes
  from ranked
  where choice = 1
)
select
  r.source,
  r.repository_number,
  cast(r.number as varchar) as id,
  r.updated_at,
  coalesce(r.is_deleted, false) as is_deleted,
  json_merge_patch(
    json_object(
      'id', r.release ->> '$.node_id',
      'databaseId', r.number,
      'tagName', r.release ->> '$.tag_name',
      'name', r.release ->> '$.name',
      'description', coalesce(r.release ->> '$.body', ''),
      'url', r.release ->> '$.html_url',
      'isDraft', coalesce(try_cast(r.release ->> '$.draft' as boolean), false),
      'isPrerelease', coalesce(try_cast(r.release ->> '$.prerelease' as boolean), false),
      'createdAt', r.release ->> '$.created_at',
      'publishedAt', r.release ->> '$.published_at',
      'updatedAt', r.release ->> '$.updated_at',
      'author', json_object('__typename', r.release ->> '$.author.type', 'login', r.release ->> '$.author.login'),
      'releaseAssets', json_object('nodes', to_json(coalesce(a.nodes, [])))
    ),
    -- What is not known is left out, so that it takes away nothing that was read.
    json_object(
      'tagCommit', case
        when t.sha is not null then json_object('oid', t.sha)
        when regexp_matches(r.release ->> '$.target_commitish', '^[0-9a-f]{40}$') then json_object('oid', r.release ->> '$.target_commitish')
      end
    )
  ) as payload
from ranked as r
left join tag as t on t.source = r.source and t.repository_number = r.repository_number and t.name = (r.release ->> '$.tag_name')
left join asset as a on a.source = r.source and a.repository_number = r.repository_number and a.number = r.number
where r.choice = 1
order by r.source, r.repository_number, id
