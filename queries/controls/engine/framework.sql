/*
title: Frameworks
grain: one row per standard or law that controls give evidence for
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'frameworks',
        '[{"framework":"VARCHAR","short":"VARCHAR","title":"VARCHAR","edition":"VARCHAR","publisher":"VARCHAR","url":"VARCHAR","phrase":"VARCHAR","note":"VARCHAR","is_local":"BOOLEAN"}]'
      )
    ) as item
  from raw.control_catalogue
)
select
  item.framework as framework,
  item.short as short,
  item.title as title,
  item.edition as edition,
  item.publisher as publisher,
  item.url as url,
  item.phrase as phrase,
  item.note as note,
  item.is_local as is_local
from listed
order by framework
