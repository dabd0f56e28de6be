/*
title: Commits that merges brought to the main line
grain: one row per repository and commit off the main line that is reachable from it
rule: position of the first first-parent commit of the main line from which the commit is reachable (design 3)
description: >
  Starts at every merge of the main line and walks down the lines that it brought in. A line keeps to first parents; a merge on
  it opens a nested line. `entered_by` is the merge that brought the commit in: of several, the one at the lowest
  position, then the outermost, then the earliest on its line. A commit takes a better label whenever it is
  reached with one, and hands it on; nothing else is walked twice.
*/
with recursive edge as (
  select
    c.repository,
    c.sha,
    unnest(c.parents) as parent,
    generate_subscripts(c.parents, 1) as parent_number
  from model.reported_commit as c
),
-- Most commits are on the main line: whether the others are known is asked of those alone.
off_line_edge as (
  select e.repository, e.sha, e.parent, e.parent_number
  from edge as e
  left join model.mainline_commit as m on m.repository = e.repository and m.sha = e.parent
  where m.sha is null
),
side_edge as (
  select e.repository, e.sha, e.parent, e.parent_number
  from model.reported_commit as p
  join off_line_edge as e on e.repository = p.repository and e.parent = p.sha
),
labelled(repository, sha, label) using key (repository, sha) as (
  select
    m.repository,
    m.sha,
    {
      'mainline_position': m.mainline_position,
      'nesting': 0::bigint,
      'merge_order': 0::bigint,
      'entered_by': '',
      'depth': 0::bigint
    } as label
  from model.mainline_commit as m
  where exists (select 1 from side_edge as e where e.repository = m.repository and e.sha = m.sha)
  union
  select
    offered.repository,
    offered.sha,
    offered.label
  from (
    select
      w.repository,
      e.parent as sha,
      min(
        case
          when e.parent_number = 1 then
            {
              'mainline_position': w.label.mainline_position,
              'nesting': w.label.nesting,
              'merge_order': w.label.merge_order,
              'entered_by': w.label.entered_by,
              'depth': w.label.depth + 1
            }
          else
            {
              'mainline_position': w.label.mainline_position,
              'nesting': w.label.nesting + 1,
              'merge_order': - w.label.depth,
              'entered_by': w.sha,
              'depth': 0::bigint
            }
        end
      ) as label
    from labelled as w
    join side_edge as e on e.repository = w.repository and e.sha = w.sha
    group by w.repository, e.parent
  ) as offered
  left join recurring.labelled as known on known.repository = offered.repository and known.sha = offered.sha
  where known.sha is null or offered.label < known.label
)
select repository, sha, label.mainline_position as mainline_position, label.entered_by as entered_by
from labelled
where label.nesting > 0
order by repository, sha
