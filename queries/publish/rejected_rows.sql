/*
title: Rejected rows
grain: one row per reason for which a row of a source could not be taken in
columns:
  source: Source that it comes from
  stream: Kind of record
  file: File that it is in
  line: Line of the file
  column_name: Column that is wrong
  reason: What is wrong
  row_text: The first 300 characters of the row
*/
select source, stream, file, line, column_name, reason, left(text, 300) as row_text
from raw.current_rejected_row
order by source, stream, file, line, column_name, reason, row_text
