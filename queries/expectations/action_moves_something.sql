/*
title: An action names a team that is known and a metric that is measured
grain: one row per team, or metric that nothing measures
*/
with known_metric as (
  select unnest(
    ['deployment_frequency', 'change_lead_time', 'change_fail_rate', 'failed_deployment_recovery_time', 'deployment_rework_rate']
  ) as metric
  union all
  -- From the headers of measures, so that nothing has to be measured to know their names.
  select unnest(from_json(document -> 'measures', '[{"measure":"VARCHAR"}]')).measure as metric
  from raw.control_catalogue
)
select
  a.team as subject,
  count(*) as rows,
  'No retrospective shows these actions.' as effect,
  'Name the team as in `teams`.' as remedy
from model.action as a
where a.team is not null and not exists (select 1 from model.team as t where t.team = a.team)
group by a.team
union all
select
  a.metric as subject,
  count(*) as rows,
  'Nobody can tell whether these actions moved anything.' as effect,
  'Name a metric such as change_fail_rate, or a measure of practices.' as remedy
from model.action as a
where a.metric is not null and not exists (select 1 from known_metric as k where k.metric = a.metric)
group by a.metric
order by subject
