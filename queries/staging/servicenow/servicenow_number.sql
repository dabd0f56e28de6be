/*
title: Numbers of records of ServiceNow
description: The number that people know a record by, such as CHG0030001; with its sys_id where two records have the same, and that alone where there is none.
grain: one row per source, stream and record
*/
with numbered as (
  select source, stream, id, nullif(payload ->> '$.number.display_value', '') as number
  from staging.servicenow_record
  where stream in ('change_request', 'incident')
)
select
  source,
  stream,
  id,
  case
    when number is null then id
    when count(*) over (partition by source, stream, number) > 1 then number || '/' || id
    else number
  end as number
from numbered
order by source, stream, id
