/*
title: What changed in the queries between publications
grain: one row per publication and query that came, went or changed
description: A query is local where it is of the organisation's own. `affects` is what the query has a part in, before or after.
*/
with step as (
  select publication, from_publication, queries_sha256, from_queries_sha256
  from reports.publication_step
  where queries_sha256 <> from_queries_sha256
),
known as (
  select queries_sha256, relation, sha256, version, is_local, affects
  from raw.published_query
  union all
  select p.queries_sha256, q.relation, q.sha256, q.version, q.is_local, q.affects
  from reports.provenance as p
  cross join raw.query as q
  where p.queries_sha256 not in (select queries_sha256 from raw.published_query)
),
before as (
  select s.publication, k.relation, k.sha256, k.version, k.is_local, k.affects
  from step as s
  join known as k on k.queries_sha256 = s.from_queries_sha256
),
after as (
  select s.publication, k.relation, k.sha256, k.version, k.is_local, k.affects
  from step as s
  join known as k on k.queries_sha256 = s.queries_sha256
),
compared as (
  select
    coalesce(a.publication, b.publication) as publication,
    coalesce(a.relation, b.relation) as relation,
    coalesce(a.is_local, false) or coalesce(b.is_local, false) as is_local,
    case
      when coalesce(a.is_local, false) and not coalesce(b.is_local, false) then 'added'
      when coalesce(b.is_local, false) and not coalesce(a.is_local, false) then 'removed'
      when b.relation is null then 'added'
      when a.relation is null then 'removed'
      else 'changed'
    end as change,
    b.version as old_version,
    a.version as new_version,
    b.sha256 as old_sha256,
    a.sha256 as new_sha256,
    coalesce(b.affects, a.affects) as old_affects,
    coalesce(a.affects, b.affects) as new_affects
  from before as b
  full join after as a on a.publication = b.publication and a.relation = b.relation
  where a.sha256 is distinct from b.sha256
)
select
  s.publication, s.from_publication, c.relation, c.change, c.is_local, c.old_version, c.new_version, c.old_sha256, c.new_sha256,
  list_sort(list_distinct(list_concat(c.old_affects, c.new_affects))) as affects
from compared as c
join step as s on s.publication = c.publication
order by s.publication, c.is_local desc, c.relation
