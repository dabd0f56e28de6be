/*
title: What changes revert and fix
grain: one row per change, relation and target
description: >
  A reference is a change or incident id, a pull request number of the same repository, a ticket, or a commit hash
  of at least seven digits. What cannot be resolved is left out here and counted on the data page.
*/
with mentioned as (
  select c.change_id, c.repository, 'reverts' as relation, unnest(c.stated_reverts) as reference
  from model.change as c
  union
  select m.change_id, m.repository, 'reverts' as relation, unnest(k.reverts) as reference
  from model.change_commit as m
  join model.commit as k on k.repository = m.repository and k.sha = m.sha
  union
  select m.change_id, m.repository, 'reverts' as relation, unnest(k.reverted_numbers) as reference
  from model.change_commit as m
  join model.commit as k on k.repository = m.repository and k.sha = m.sha
  union
  select c.change_id, c.repository, 'reverts' as relation, regexp_extract(c.title, '^Revert ".*\(#(\d+)\)\s*"', 1) as reference
  from model.change as c
  union
  select c.change_id, c.repository, 'fixes' as relation, unnest(c.stated_fixes) as reference
  from model.change as c
  union
  select m.change_id, m.repository, 'fixes' as relation, unnest(k.fixes) as reference
  from model.change_commit as m
  join model.commit as k on k.repository = m.repository and k.sha = m.sha
),
reference as (
  select distinct change_id, repository, relation, ltrim(reference, '#!') as reference
  from mentioned
  where reference <> ''
),
resolved as (
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from reference as r
  join model.change as t on t.repository = r.repository and t.number = r.reference
  union
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from reference as r
  join model.change as t on t.change_id = r.reference
  union
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from reference as r
  join model.change as t on t.native_id = r.reference
  where t.repository is null or r.repository is null or t.repository = r.repository
  union
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from reference as r
  join model.change_commit as t
    on
      t.repository = r.repository
      and substr(t.sha, 1, 7) = substr(lower(r.reference), 1, 7)
      and starts_with(t.sha, lower(r.reference))
  where regexp_full_match(lower(r.reference), '[0-9a-f]{7,64}')
  union
  select r.change_id, r.relation, 'change' as target_kind, t.change_id as target_id
  from reference as r
  join model.change as t
    on t.repository = r.repository and t.merge_sha = lower(r.reference)
  union
  select r.change_id, r.relation, 'incident' as target_kind, i.incident_id as target_id
  from reference as r
  join model.incident as i on i.native_id = r.reference
  union
  select r.change_id, r.relation, 'incident' as target_kind, i.incident_id as target_id
  from reference as r
  join model.incident as i on i.incident_id = r.reference
  union
  select r.change_id, r.relation, 'ticket' as target_kind, t.ticket_id as target_id
  from reference as r
  join model.ticket as t on t.native_id = r.reference
)
select change_id, relation, target_kind, target_id
from resolved
where change_id <> target_id
order by change_id, relation, target_kind, target_id
