/*
title: Who and what began production deployments
grain: one row per production deployment
description: >
  The run that it names, of its own source first, at its last attempt. `login` is the deployer, or where that is a bot the human who started the run; null where neither is
  told. `is_doubtful` where it is not certain who is behind the login.
*/
with run as (
  select
    native_id, source, pipeline_run_id, workflow, repository, trigger, actor,
    row_number() over (partition by source, native_id order by attempt desc, pipeline_run_id desc) as recency
  from model.pipeline_run
),
source_of as (
  select deployment_id, source
  from model.deployment
),
matched as (
  select
    d.deployment_id, r.pipeline_run_id, r.workflow, r.repository, r.trigger, r.actor,
    row_number() over (partition by d.deployment_id order by r.source is distinct from s.source, r.source) as choice
  from controls.production_deployment as d
  join source_of as s on s.deployment_id = d.deployment_id
  join run as r on r.native_id = d.pipeline_run and r.recency = 1
),
actor as (
  select deployment_id, deployer as login, 1 as precedence
  from controls.production_deployment
  union all
  select deployment_id, actor as login, 2 as precedence
  from matched
  where choice = 1
),
ranked as (
  select
    a.deployment_id,
    a.login,
    coalesce(p.person_id, 'identity/' || a.login) as person_id,
    coalesce(p.is_bot, false) as is_bot,
    coalesce(p.reason in ('ambiguous', 'shared address'), false) as is_doubtful,
    row_number() over (partition by a.deployment_id order by coalesce(p.is_bot, false), a.precedence) as choice
  from actor as a
  left join model.person_login as p on p.login = a.login
  where a.login is not null
)
select
  d.deployment_id,
  d.pipeline_run,
  m.pipeline_run_id,
  m.workflow,
  m.repository,
  m.trigger,
  r.login,
  r.person_id,
  coalesce(r.is_bot, false) as is_bot,
  coalesce(r.is_doubtful, false) as is_doubtful
from controls.production_deployment as d
left join matched as m on m.deployment_id = d.deployment_id and m.choice = 1
left join ranked as r on r.deployment_id = d.deployment_id and r.choice = 1
order by d.deployment_id
