/*
title: Rejected rows on the data page
grain: one row per rejected row, the first sixty
description: What stands in a row is shown where people are published by name, since it may name any.
*/
with numbered as (
  select source, stream, file, line, column_name, reason, case when getvariable('people') = 'names' then left(text, 300) end as row_text,
    row_number() over (order by source, stream, file, line, column_name, reason) as position
  from raw.current_rejected_row
  where source in (select source from staging.source)
)
select source, stream, file, line, column_name, reason, row_text, position
from numbered
where position <= 60
order by position
