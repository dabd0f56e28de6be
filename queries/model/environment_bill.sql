/*
title: Bills of environments
grain: one row per bill
description: >
  Of months that began before as-of. `month_start` and `month_end` are the month of the organisation's calendar that the bill is for (UTC). `is_counted`: in the currency in which most bills are
  written (the first of the alphabet where two have as many), since amounts of several currencies have no sum.
*/
with written as (
  select
    b.source || ':' || b.id as environment_bill_id,
    coalesce(k.environment, b.environment) as environment,
    timezone(getvariable('time_zone'), date_trunc('month', b.billed_on::timestamp)) as month_start,
    timezone(getvariable('time_zone'), date_trunc('month', b.billed_on::timestamp) + interval 1 month) as month_end,
    b.amount,
    upper(trim(b.currency)) as currency,
    b.recorded_at,
    b.url
  from staging.files_environment_bill as b
  left join model.environment_name as k on k.name = b.environment
),
counted as (
  select currency, row_number() over (order by count(*) desc, currency) as choice
  from written
  group by currency
)
select
  w.environment_bill_id,
  w.environment,
  w.month_start,
  w.month_end,
  w.amount,
  w.currency,
  c.choice = 1 as is_counted,
  w.recorded_at,
  w.url
from written as w
join counted as c on c.currency = w.currency
where w.month_start < getvariable('as_of')
order by w.environment_bill_id
