/*
title: Deployed commits
grain: one row per repository and commit that was deployed and is known in its graph
rule: a commit off the main line has the position of its merge base (design 3)
*/
with deployed as (
  select distinct d.repository, d.sha
  from model.reported_deployment as d
  join model.commit_graph as g on g.repository = d.repository
  join model.reported_commit as c on c.repository = d.repository and c.sha = d.sha
),
base as (
  select b.repository, b.tip as sha, max(b.mainline_position) as position
  from model.branch_reach as b
  where b.is_on_main_line
  group by b.repository, b.tip
)
select
  d.repository,
  d.sha,
  m.sha is not null as is_on_main_line,
  coalesce(m.mainline_position, b.position, 0) as position
from deployed as d
left join model.mainline_commit as m on m.repository = d.repository and m.sha = d.sha
left join base as b on b.repository = d.repository and b.sha = d.sha
order by d.repository, d.sha
