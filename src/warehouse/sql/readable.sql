/*
title: What of a record is read as a time or a number
description: >
  Anybody may write anything into a record. A time counts as one from 1900 to 9999, as in files: what the database takes for one before and after that,
  and words such as infinity, end what is computed with them. A number counts as one where it is exact, or finite.
  `instant` reads a time with its offset, `clock` one without, `day` a date, `whole` and `number` numbers,
  `span` a length of time in hours or longer, of a thousand years at most; all say null of anything else.
  `says_no_instant` tells of a list of texts whether one of them is no time.
*/
create macro staging.instant(said) as case
  when try_cast(said as timestamptz) between timestamptz '1900-01-01 00:00:00+00' and timestamptz '9999-12-31 23:59:59.999999+00'
    then try_cast(said as timestamptz)
end;

create macro staging.clock(said) as case
  when try_cast(said as timestamp) between timestamp '1900-01-01 00:00:00' and timestamp '9999-12-31 23:59:59.999999' then try_cast(said as timestamp)
end;

create macro staging.day(said) as case
  when try_cast(said as date) between date '1900-01-01' and date '9999-12-31' then try_cast(said as date)
end;

create macro staging.whole(said) as case
  when try_cast(said as bigint) between -9007199254740991 and 9007199254740991 then try_cast(said as bigint)
end;

create macro staging.span(said) as case
  when try_cast(said as bigint) between 0 and 8760000 then try_cast(said as bigint)
end;

create macro staging.number(said) as case
  when isfinite(try_cast(said as double)) then try_cast(said as double)
end;

create macro staging.says_no_instant(texts) as
  list_aggregate(texts, 'count') <> list_aggregate(try_cast(texts as timestamptz[]), 'count')
  or list_aggregate(try_cast(texts as timestamptz[]), 'min') < timestamptz '1900-01-01 00:00:00+00'
  or list_aggregate(try_cast(texts as timestamptz[]), 'max') > timestamptz '9999-12-31 23:59:59.999999+00';
