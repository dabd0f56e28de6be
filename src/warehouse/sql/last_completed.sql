with ended as (
  select
    s.source,
    s.run_id,
    max(s.finished_at) as finished_at,
    bool_and(s.status = 'completed') as is_complete
  from raw.source_run as s
  join raw.run as r on r.run_id = s.run_id
  -- Of a run that was cut short nobody knows whether it would have had further streams.
  where r.status in ('completed', 'incomplete')
  group by s.source, s.run_id
),
-- The last by its number, for the clock may have been set back since.
recency as (
  select
    source,
    finished_at,
    row_number() over (partition by source order by run_id desc) as place
  from ended
  where is_complete
)
select source, finished_at
from recency
where place = 1
order by source
