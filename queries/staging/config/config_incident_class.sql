/*
title: The standard list of causes of incidents
grain: one row per class and word for it
description: Words in lower case; the class is one of them.
*/
with listed as (
  select unnest(from_json(document -> 'incident_classes', '[{"class":"VARCHAR","names":["VARCHAR"]}]')) as item
  from raw.configuration
),
word as (
  select item."class" as class, item."class" as name
  from listed
  union
  select item."class" as class, unnest(item."names") as name
  from listed
)
select lower(trim(name)) as name, min(class) as class
from word
group by lower(trim(name))
order by name
