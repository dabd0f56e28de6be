/*
title: What changes revert and fix
grain: one row per change, relation and target
description: >
  A reference is a change or incident id, a pull request number of the same repository, a ticket, or a commit hash
  of at least seven digits. What cannot be resolved is left out here and counted on the data page.
*/
with said as (
  select repository, sha, 'reverts' as relation, unnest(reverts) as reference
  from model.commit
  union all
  select repository, sha, 'reverts' as relation, unnest(reverted_numbers) as reference
  from model.commit
  union all
  select repository, sha, 'fixes' as relation, unnest(fixes) as reference
  from model.commit
),
mentioned as (
  select c.change_id, c.repository, 'reverts' as relation, unnest(c.stated_reverts) as reference
  from model.change as c
  union all
  select c.change_id, c.repository, 'reverts' as relation, regexp_extract(c.title, '^Revert ".*\(#(\d+)\)\s*"', 1) as reference
  from model.change as c
  union all
  select c.change_id, c.repository, 'fixes' as relation, unnest(c.stated_fixes) as reference
  from model.change as c
  union all
  select m.change_id, m.repository, s.relation, s.reference
  from model.change_commit as m
  join said as s on s.repository = m.repository and s.sha = m.sha
),
reference as (
  select distinct change_id, repository, relation, ltrim(reference, '#!') as reference
  from mentioned
  where reference <> ''
),
resolved as (
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from model.change as t
  join reference as r on r.repository = t.repository and r.reference = t.number
  union
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from model.change as t
  join reference as r on r.reference = t.change_id
  union
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from model.change as t
  join reference as r on r.reference = t.native_id
  where t.repository is null or r.repository is null or t.repository = r.repository
  union
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from model.change_commit as t
  join reference as r
    on
      r.repository = t.repository
      and substr(lower(r.reference), 1, 7) = substr(t.sha, 1, 7)
      and starts_with(t.sha, lower(r.reference))
  where regexp_full_match(lower(r.reference), '[0-9a-f]{7,64}')
  union
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from model.change as t
  join reference as r on r.repository = t.repository and lower(r.reference) = t.merge_sha
  union
  select r.change_id, r.relation, 'incident' as target_kind, i.incident_id as target_id
  from model.incident as i
  join reference as r on r.reference = i.native_id
  union
  select r.change_id, r.relation, 'incident' as target_kind, i.incident_id as target_id
  from model.incident as i
  join reference as r on r.reference = i.incident_id
  union
  select r.change_id, r.relation, 'ticket' as target_kind, t.ticket_id as target_id
  from model.ticket as t
  join reference as r on r.reference = t.native_id
)
select change_id, relation, target_kind, target_id
from resolved
where change_id <> target_id
order by change_id, relation, target_kind, target_id
