/*
title: Retention policies in force
grain: one row per policy that holds at as-of
description: "`keep_from`: what was recorded since then must still be held, of a thousand years at most. Classes are written small, with blanks."
*/
select
  retention_policy_id,
  replace(lower(trim(record_class)), '_', ' ') as record_class,
  system,
  service,
  keep_for || ' ' || case keep_for when 1 then rtrim(keep_unit, 's') else keep_unit end as words,
  case keep_unit
    when 'years' then getvariable('as_of')::timestamptz - to_months(12 * least(keep_for, 1000)::integer)
    when 'months' then getvariable('as_of')::timestamptz - to_months(least(keep_for, 12000)::integer)
    else getvariable('as_of')::timestamptz - to_days(least(keep_for, 366000)::integer)
  end as keep_from
from model.retention_policy
where (valid_from is null or valid_from <= getvariable('as_of')) and (valid_until is null or valid_until > getvariable('as_of'))
order by retention_policy_id
