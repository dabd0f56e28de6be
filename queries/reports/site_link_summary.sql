/*
title: Links in short
grain: one row
*/
with incident as (
  select
    i.incident_id,
    coalesce(bool_or(l.is_accepted), false) as has_cause,
    count(l.incident_id) > 0 as has_candidate,
    coalesce(bool_or(l.is_rejected and l.counts_by_evidence), false) as is_rejected
  from model.incident as i
  left join correlation.incident_link as l on l.incident_id = i.incident_id
  group by i.incident_id
)
select
  count(*) as incidents,
  count(*) filter (where has_cause) as with_cause,
  count(*) filter (where not has_cause and has_candidate) as too_weak,
  count(*) filter (where not has_candidate) as without_candidate,
  count(*) filter (where is_rejected) as rejected,
  max(q.incidents) as labelled,
  max(q.precision) as precision,
  max(q.precision_low) as precision_low,
  max(q.precision_high) as precision_high,
  max(q.recall) as recall,
  max(q.recall_low) as recall_low,
  max(q.recall_high) as recall_high,
  max(q.threshold) as threshold,
  max(q.best_threshold) as best_threshold
from incident
cross join correlation.link_quality as q
order by incidents
