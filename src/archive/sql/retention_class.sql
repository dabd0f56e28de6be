-- Classes of quarterdeck.yaml and the streams that belong to each. $1 classes as JSON.
create or replace temp table retention_class as
with said as (
  select
    unnest(
      from_json(
        $1::json,
        '[{"class":"VARCHAR","words":"VARCHAR","basis":"VARCHAR","number":"BIGINT","unit":"VARCHAR","sources":["VARCHAR"],"streams":["VARCHAR"]}]'
      ),
      recursive := true
    )
),
stream as (
  select source, stream
  from raw.record
  union
  select source, stream
  from raw.rejected_row
)
select
  c.class,
  c.words,
  c.basis,
  case c.unit when 'year' then to_years(c.number::integer) when 'month' then to_months(c.number::integer) else to_days(c.number::integer) end as kept_for,
  s.source,
  s.stream
from said as c
join stream as s
  on len(list_filter(c.sources, lambda pattern: regexp_full_match(s.source, pattern))) > 0
  and len(list_filter(c.streams, lambda pattern: regexp_full_match(s.stream, pattern))) > 0
