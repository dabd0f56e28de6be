/*
title: Rejected rows on the data page
grain: one row per rejected row, the first sixty
*/
with numbered as (
  select source, stream, file, line, column_name, reason, left(text, 300) as row_text,
    row_number() over (order by source, stream, file, line, column_name, reason) as position
  from raw.current_rejected_row
  where source in (select source from staging.source)
)
select source, stream, file, line, column_name, reason, row_text, position
from numbered
where position <= 60
order by position
