/*
title: The catalogue of measures
grain: one row per measure
description: What the headers of measures say. `area` is the folder that a measure's file lies in. The unit `currency` is written as the currency that counts.
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'measures',
        '[{"measure":"VARCHAR","relation":"VARCHAR","area":"VARCHAR","title":"VARCHAR","question":"VARCHAR","rule":"VARCHAR","unit":"VARCHAR","statistic":"VARCHAR","better":"VARCHAR","connect":"VARCHAR","fact":"VARCHAR","facts":"VARCHAR","cut":"VARCHAR","source":"VARCHAR","version":"VARCHAR","is_local":"BOOLEAN","made_from":["VARCHAR"]}]'
      )
    ) as item
  from raw.control_catalogue
),
counted as (
  select min(currency) as currency
  from model.environment_bill
  where is_counted
)
select
  item.measure as measure,
  item.area as area,
  item.title as title,
  item.question as question,
  item.rule as rule,
  case when item.unit = 'currency' then coalesce(c.currency, item.unit) else item.unit end as unit,
  item.statistic as statistic,
  item.better as better,
  item.made_from as made_from,
  item.connect as connect,
  item.fact as fact,
  item.facts as facts,
  item.cut as cut,
  item.source as source,
  item.version as version,
  item.relation as relation,
  item.is_local as is_local
from listed
cross join counted as c
order by area, measure
