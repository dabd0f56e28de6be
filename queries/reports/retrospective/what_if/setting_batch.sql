/*
title: "Setting: how much one deployment may carry"
grain: one row per production wave and setting of which the number is known
description: Changes, and lines of all of them, as risk patterns count them.
*/
select 'changes' as setting, subject as wave_id, number
from correlation.attribute_changes
union all
select 'changed_lines' as setting, subject as wave_id, number
from correlation.attribute_changed_lines
order by setting, wave_id
