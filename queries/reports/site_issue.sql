/*
title: Open questions about the data
grain: one row per expectation that is not met and subject, or all its subjects
description: As reports.mapping_gap, fit to be published. Of people only how many there are is told.
*/
with shown as (
  select kind_order, kind, severity, subject, rows, effect, remedy, add_to, add_path, add_value, is_guess
  from reports.mapping_gap
  where not is_pooled
  union all
  select
    kind_order,
    kind,
    severity,
    case
      when bool_or(names_people) then count(*) || case when count(*) = 1 then ' login' else ' logins' end
      else string_agg(subject, ', ' order by subject)
    end as subject,
    sum(rows)::bigint as rows,
    case when bool_or(names_people) and kind = 'Login of several people' then 'What they did counts for one of them.' else min(effect) end as effect,
    min(remedy) as remedy,
    case when count(*) = 1 and not bool_or(names_people) then min(add_to) end as add_to,
    case when count(*) = 1 and not bool_or(names_people) then min(add_path) end as add_path,
    case when count(*) = 1 and not bool_or(names_people) then min(add_value) end as add_value,
    bool_or(is_guess) as is_guess
  from reports.mapping_gap
  where is_pooled
  group by kind_order, kind, severity
)
select kind, subject, rows, effect, remedy, severity, add_to, add_path, add_value, is_guess
from shown
order by kind_order, rows desc, subject
