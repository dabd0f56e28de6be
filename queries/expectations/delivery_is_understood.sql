/*
title: Every delivery of GitHub is understood
grain: one row per source and event that no figure uses, or of which something is not known
rule: an unknown event is kept raw and counted, never lost
*/
with counted as (
  select source, event, count(*) as deliveries
  from staging.github_delivery
  group by source, event
),
asked as (
  select distinct source
  from raw.current
  where stream = 'repository'
),
judged as (
  select
    c.source,
    c.event,
    c.deliveries,
    'They are kept as they came and are in no figure.' as effect,
    'None needed if they are of no interest; collectors/github/README.md lists the events that are read.' as remedy
  from counted as c
  where
    c.event not in (
      'deployment', 'deployment_protection_rule', 'deployment_review', 'deployment_status', 'issues', 'ping', 'pull_request',
      'pull_request_review', 'push', 'release', 'repository', 'workflow_job', 'workflow_run'
    )
  union all
  select
    c.source,
    'push' as event,
    sum(c.deliveries) as deliveries,
    'What these deployments contain is told by time: no push was delivered, and GitHub was not asked.' as effect,
    'Let the webhook send pushes as well, or give the source a token and its organisations.' as remedy
  from counted as c
  where c.event in ('deployment', 'deployment_status')
    and not exists (select 1 from counted as p where p.source = c.source and p.event = 'push')
    and not exists (select 1 from asked as a where a.source = c.source)
  group by c.source
)
select source || ' ' || event as subject, deliveries as rows, effect, remedy
from judged
order by subject, effect
