/*
title: Where commits reached the main line
grain: one row per repository and commit reachable from the main line
rule: position of the first first-parent commit of the main line from which the commit is reachable (design 3)
view: true
*/
select repository, sha, mainline_position, true as is_on_main_line, null as entered_by
from model.mainline_commit
union all
select repository, sha, mainline_position, false as is_on_main_line, entered_by
from model.merged_commit
