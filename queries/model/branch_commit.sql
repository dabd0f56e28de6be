/*
title: Commits only on a deployed branch
grain: one row per repository, deployed commit off the main line, and commit that its position does not cover
*/
select
  b.repository,
  b.tip,
  b.sha
from model.branch_reach as b
join model.deployed_commit as d on d.repository = b.repository and d.sha = b.tip
where not b.is_on_main_line and (b.mainline_position is null or b.mainline_position > d.position)
order by b.repository, b.tip, b.sha
