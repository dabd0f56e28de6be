/*
title: What deployed branch commits reach before the main line
grain: one row per repository, deployed commit off the main line, and commit it reaches
description: Walks from each deployed commit that is not on the main line down to the first commits that are.
*/
with recursive off_line as (
  select distinct d.repository, d.sha
  from model.reported_deployment as d
  join model.commit_graph as g on g.repository = d.repository
  left join model.mainline_commit as m on m.repository = d.repository and m.sha = d.sha
  where m.sha is null
),
tip as (
  select o.repository, o.sha
  from model.reported_commit as c
  join off_line as o on o.repository = c.repository and o.sha = c.sha
),
edge as (
  select c.repository, c.sha, unnest(c.parents) as parent
  from model.reported_commit as c
  left join model.mainline_commit as m on m.repository = c.repository and m.sha = c.sha
  where m.sha is null
),
reached as (
  select repository, sha as tip, sha
  from tip
  union
  select r.repository, r.tip, e.parent as sha
  from reached as r
  join edge as e on e.repository = r.repository and e.sha = r.sha
)
select
  r.repository,
  r.tip,
  r.sha,
  m.sha is not null as is_on_main_line,
  coalesce(m.mainline_position, p.mainline_position) as mainline_position
from reached as r
left join model.mainline_commit as m on m.repository = r.repository and m.sha = r.sha
left join model.commit_position as p on p.repository = r.repository and p.sha = r.sha
order by r.repository, r.tip, r.sha
