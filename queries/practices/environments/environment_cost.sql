/*
measure: environment_cost
title: Cost of environments
question: What do environments cost?
rule: >
  Bills of environments below production, by the month that they are for, in the currency in which most bills are written. Those in others are in no sum: they stand in the list of environments.
version: 1
unit: currency
statistic: sum
better: lower
made_from: [environment_bill]
connect: a file of what each environment costs in a month would bring them
fact: bill
facts: bills
cut: environment
*/
select
  null as service,
  b.month_start as occurred_at,
  b.amount as value,
  null as is_hit,
  b.environment_bill_id as subject,
  b.environment as cut
from model.environment_bill as b
left join model.environment as e on e.environment = b.environment
where b.is_counted and coalesce(e.kind <> 'production', true)
order by occurred_at, subject
