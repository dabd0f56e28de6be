/*
title: Annotations as configured
grain: one row per entry of `annotations`
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'annotations', '[{"from":"DATE","until":"DATE","text":"VARCHAR","kind":"VARCHAR","team":"VARCHAR","service":"VARCHAR"}]'
      )
    ) as item
  from raw.configuration
)
select distinct
  item."from" as first_day,
  item.until as end_day,
  item.text as text,
  item.kind as kind,
  item.team as team,
  item.service as service
from listed
order by first_day, end_day, kind, text, team, service
