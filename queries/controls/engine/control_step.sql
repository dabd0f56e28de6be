/*
title: What to do about results of controls
grain: one row per control and words of a reason
rule: The first whose words the reason says, in the order of `position`, and with it the one of position 0 where that fits too
description: >
  `{unit}` in `action` stands for what the result is about. What no control has to say itself, for nothing says that records are complete, is said the same of all. Looked up when a result is shown:
  results are the largest table by far.
*/
with listed as (
  select unnest(from_json(document -> 'controls', '[{"control":"VARCHAR","steps":[{"when":"VARCHAR","do":"VARCHAR"}]}]')) as item
  from raw.control_catalogue
),
said as (
  select item.control as control, unnest(item.steps) as step, generate_subscripts(item.steps, 1) as position
  from listed
)
select
  item.control as control,
  0::bigint as position,
  'nothing says that all ' as words,
  'If nothing is missing in the source, let whoever answers for these records say that they are complete for that service and time (`complete` of the source in quarterdeck.yaml, or a row of completeness): then it passes or fails by what is there.' as action
from listed
union all
select control, position::bigint as position, step."when" as words, step."do" as action
from said
order by control, position
