/*
title: Open questions about the data
grain: one row per expectation that is not met and subject, or all its subjects
description: >
  As reports.mapping_gap, fit to be published. Of people only how many there are is told; where people are published by name, those in doubt
  too, without the hosts of their addresses.
*/
with gap as (
  select
    kind_order, kind, severity, subject, rows, effect, remedy, add_to, add_path, add_value, is_guess, names_people,
    is_pooled or (names_people and getvariable('people') <> 'names') as is_pooled
  from reports.mapping_gap
),
shown as (
  select
    kind_order, kind, severity,
    case when names_people then regexp_replace(subject, '@[^\s,;()]+', '@...', 'g') else subject end as subject,
    rows, effect, remedy,
    case when not names_people then add_to end as add_to,
    case when not names_people then add_path end as add_path,
    case when not names_people then add_value end as add_value,
    is_guess
  from gap
  where not is_pooled
  union all
  select
    kind_order,
    kind,
    severity,
    case
      when kind_order in (12, 13) then count(*) || case when count(*) = 1 then ' login' else ' logins' end
      when bool_or(names_people) then count(*) || ', named by `quarterdeck doctor`'
      else string_agg(subject, ', ' order by subject)
    end as subject,
    sum(rows)::bigint as rows,
    min(effect) as effect,
    min(remedy) as remedy,
    case when count(*) = 1 and not bool_or(names_people) then min(add_to) end as add_to,
    case when count(*) = 1 and not bool_or(names_people) then min(add_path) end as add_path,
    case when count(*) = 1 and not bool_or(names_people) then min(add_value) end as add_value,
    bool_or(is_guess) as is_guess
  from gap
  where is_pooled
  group by kind_order, kind, severity
)
select kind, subject, rows, effect, remedy, severity, add_to, add_path, add_value, is_guess
from shown
order by kind_order, rows desc, subject
