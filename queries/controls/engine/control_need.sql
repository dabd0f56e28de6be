/*
title: What controls need
grain: one row per control and kind of record
description: The absence of what is supporting can only hurt. The presence of what is adverse hurts, so that without its source nothing can be judged.
*/
with listed as (
  select unnest(from_json(document -> 'controls', '[{"control":"VARCHAR","needs":[{"of":"VARCHAR","as":"VARCHAR"}]}]')) as item
  from raw.control_catalogue
),
named as (
  select item.control as control, unnest(item.needs) as need
  from listed
)
select control, need."of" as entity, need."as" as kind
from named
order by control, entity
