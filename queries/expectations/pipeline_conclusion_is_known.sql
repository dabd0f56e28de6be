/*
title: How pipeline runs ended is known
grain: one row per source and unknown word for how a run or job ended
rule: a word that is not known stays as it came, and is counted
*/
with ended as (
  select source, conclusion
  from model.pipeline_run
  union all
  select r.source, j.conclusion
  from model.pipeline_job as j
  join model.pipeline_run as r on r.pipeline_run_id = j.pipeline_run_id
)
select
  source || ' ' || conclusion as subject,
  count(*) as rows,
  'They are shown with this word, and count as neither success nor failure.' as effect,
  'Write how they ended as success, failure, cancelled, skipped or timed_out; where a code host words it so, a newer version of this product may know it.' as remedy
from ended
where conclusion not in ('success', 'failure', 'cancelled', 'skipped', 'timed_out')
group by source, conclusion
order by subject
