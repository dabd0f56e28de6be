/*
title: Commits
grain: one row per repository and commit
*/
select
  c.repository,
  c.sha,
  c.parents,
  c.authored_at,
  c.committed_at,
  c.author,
  c.co_authors,
  c.subject,
  c.number,
  c.is_merge,
  c.reverts,
  c.reverted_numbers,
  c.cherry_picked_from,
  c.fixes,
  c.tickets,
  c.paths,
  p.mainline_position,
  coalesce(p.is_on_main_line, false) as is_on_main_line,
  p.entered_by,
  c.source
from model.reported_commit as c
left join model.commit_position as p on p.repository = c.repository and p.sha = c.sha
order by c.repository, c.sha
