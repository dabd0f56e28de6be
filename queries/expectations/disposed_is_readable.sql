/*
title: What was disposed of can be read in an archive
grain: one row per source and kind of record
*/
select
  source || ' ' || stream as subject,
  records as rows,
  'They were disposed of, or not restored, and no archive here holds them: figures up to ' || strftime(timezone(getvariable('time_zone'), newest_at), '%Y-%m-%d')
  || ' are made without them, and nothing counts as complete until then.' as effect,
  'Restore the archive that holds them, if there is one. What was gone when a figure was published is in the packs of then.' as remedy
from staging.gone
order by subject
