/*
title: Texts on incidents from files
grain: one row per source, incident and place
*/
with written as (
  select source, id, 'description' as place, description as text
  from staging.files_incident
  union all
  select source, id, 'post-mortem' as place, post_mortem as text
  from staging.files_incident
  union all
  select source, id, 'link' as place, array_to_string(links, ' ') as text
  from staging.files_incident
)
select source, id, place, text
from written
where text <> ''
order by source, id, place
