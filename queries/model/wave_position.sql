/*
title: Waves and what they contain
grain: one row per production wave
description: >
  `position` is the highest place on the main line that the wave contains: of its commit, or of the merge base of a
  commit off the main line. Without a graph it is the second in which the deployment started; where only this commit is
  unknown to the graph, the last commit that was on the main line by then.
*/
with wave as (
  select
    w.wave_id,
    w.service,
    w.wave_name,
    w.identity,
    min(w.live_at) as live_at,
    max(w.live_at) as completed_at,
    count(distinct d.environment) as copies,
    min(d.started_at) as started_at,
    min_by(d.repository, w.deployment_id) as repository,
    min_by(d.sha, w.deployment_id) as sha,
    min_by(d.version, w.deployment_id) as version,
    min(d.train) as train,
    min_by(d.deployer, w.deployment_id) as deployer,
    min_by(d.url, w.deployment_id) as url
  from model.wave_deployment as w
  join model.reported_deployment as d on d.deployment_id = w.deployment_id
  group by w.wave_id, w.service, w.wave_name, w.identity
),
unplaced as (
  select w.wave_id, w.repository, w.started_at
  from wave as w
  join model.commit_graph as g on g.repository = w.repository
  left join model.deployed_commit as d on d.repository = w.repository and d.sha = w.sha
  where d.sha is null
),
by_time as (
  select w.wave_id, max(c.mainline_position) as position
  from unplaced as w
  join model.commit as c on c.repository = w.repository and c.is_on_main_line and c.committed_at <= w.started_at
  group by w.wave_id
)
select
  w.wave_id,
  w.service,
  w.wave_name,
  w.identity,
  w.repository,
  w.sha,
  w.version,
  w.started_at,
  w.live_at,
  w.completed_at,
  w.copies,
  w.train,
  w.deployer,
  w.url,
  case
    when g.repository is null then epoch(w.started_at)::bigint
    when d.sha is not null then d.position
    else coalesce(t.position, 0)
  end as position,
  case when d.sha is not null then 'graph' else 'time' end as position_basis,
  coalesce(d.is_on_main_line, true) as is_on_main_line
from wave as w
left join model.commit_graph as g on g.repository = w.repository
left join model.deployed_commit as d on d.repository = w.repository and d.sha = w.sha
left join by_time as t on t.wave_id = w.wave_id
order by w.wave_id
