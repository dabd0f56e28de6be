/*
title: Rejected rows
grain: one row per reason for which a row of a source could not be taken in
audience: audit
columns:
  source: Source that it comes from
  stream: Kind of record
  file: File that it is in
  line: Line of the file
  column_name: Column that is wrong
  reason: What is wrong
  row_text: The first 300 characters of the row; null = withheld, because rows name people, who are not published by name
*/
select source, stream, file, line, column_name, reason, case when getvariable('people') = 'names' then left(text, 300) end as row_text
from raw.current_rejected_row
order by source, stream, file, line, column_name, reason, row_text
