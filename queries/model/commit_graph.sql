/*
title: Repositories whose commit graph is known
grain: one row per repository with a main line
description: Everywhere else containment is read from time, and figures say so.
*/
select
  repository,
  count(*) as mainline_commits,
  max(mainline_position) as head_position
from model.mainline_commit
group by repository
order by repository
