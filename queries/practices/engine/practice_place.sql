/*
title: Where practices are answered
grain: one row per practice and place
description: A place is a control, measure or metric by its id, a page by its address, a section of a pack, or a document of the product.
*/
with listed as (
  select
    unnest(
      from_json(document -> 'practices', '[{"practice":"VARCHAR","position":"BIGINT","places":[{"kind":"VARCHAR","place":"VARCHAR"}]}]')
    ) as item
  from raw.control_catalogue
),
placed as (
  select
    item.practice as practice,
    item.position as practice_position,
    unnest(item.places) as place,
    generate_subscripts(item.places, 1) as position
  from listed
)
select practice, practice_position, position, place.kind as kind, place.place as place
from placed
order by practice_position, position
