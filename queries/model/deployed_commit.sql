/*
title: Deployed commits
grain: one row per repository and commit that was deployed and is known in its graph
rule: a commit off the main line has the position of its merge base (design 3)
*/
with deployed as (
  select distinct d.repository, d.sha
  from model.reported_deployment as d
  join model.commit_graph as g on g.repository = d.repository
),
placed as (
  select d.repository, d.sha, m.mainline_position
  from deployed as d
  left join model.mainline_commit as m on m.repository = d.repository and m.sha = d.sha
),
off_line as (
  select repository, sha
  from placed
  where mainline_position is null
),
base as (
  select b.repository, b.tip as sha, max(b.mainline_position) as position
  from model.branch_reach as b
  where b.is_on_main_line
  group by b.repository, b.tip
)
select repository, sha, true as is_on_main_line, mainline_position as position
from placed
where mainline_position is not null
union all
select o.repository, o.sha, false as is_on_main_line, coalesce(b.position, 0) as position
from model.reported_commit as c
join off_line as o on o.repository = c.repository and o.sha = c.sha
left join base as b on b.repository = o.repository and b.sha = o.sha
order by repository, sha
