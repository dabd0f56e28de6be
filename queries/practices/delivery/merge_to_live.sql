/*
measure: merge_to_live
title: Merge to live
question: How long does a merged change wait to be live, by the way its service branches?
rule: From a change's merge to the end of the first production deployment that contains it; the last stage of change lead time.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [change, deployment]
connect: a source of changes and one of deployments would bring them
fact: change shipped
facts: changes shipped
cut: how the service branches
*/
select
  f.service,
  f.filed_at as occurred_at,
  f.merge_to_live_seconds as value,
  null as is_hit,
  f.change_id as subject,
  coalesce(b.model, 'not known') as cut
from metrics.lead_time_fact as f
left join practices.service_branching as b on b.service = f.service
order by occurred_at, subject, f.service
