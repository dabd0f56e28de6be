/*
title: The standard list of causes of incidents
grain: one row per class and word for it
description: Words in lower case; the class is one of them. `is_outside`, no deployment is to blame; a word that two classes share is so only if both are.
*/
with listed as (
  select unnest(from_json(document -> 'incident_classes', '[{"class":"VARCHAR","names":["VARCHAR"],"outside":"BOOLEAN"}]')) as item
  from raw.configuration
),
word as (
  select item."class" as class, item."class" as name, item."outside" as is_outside
  from listed
  union
  select item."class" as class, unnest(item."names") as name, item."outside" as is_outside
  from listed
)
select lower(trim(name)) as name, min(class) as class, coalesce(bool_and(is_outside), false) as is_outside
from word
group by lower(trim(name))
order by name
