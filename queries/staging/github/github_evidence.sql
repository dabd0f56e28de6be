/*
title: Evidence from GitHub
description: >
  What got past the rules and what the rules are. `rule_bypass` (somebody pushed past a ruleset: adverse) and `rule_refusal` (a ruleset held) have
  as subject the commit that was pushed, with the ref and the commit before in the attributes. `ruleset`, `branch_protection` and
  `environment_protection` say what holds now, with the repository as subject; only a ruleset says since when. `check` is what an app found in the
  commit that is its subject; of Actions, whose jobs are more telling, one row for each commit says how they ended.
grain: one row per source and id
*/
with judged as (
  select
    source,
    'rule_suite ' || id as id,
    case result when 'bypass' then 'rule_bypass' else 'rule_refusal' end as kind,
    after_sha as subject,
    repository,
    pushed_at as "at",
    actor,
    case result when 'bypass' then 'bypassed' else 'refused' end as outcome,
    repository_url || '/rules/insights' as url,
    cast(
      json_object(
        'repository', repository, 'ref', ref, 'before_sha', before_sha, 'after_sha', after_sha, 'rules', rules
      ) as json
    ) as attributes
  from staging.github_rule_suite
  where result in ('bypass', 'fail')
),
checked as (
  select
    source,
    'check ' || id as id,
    sha,
    repository,
    finished_at as "at",
    app,
    conclusion as outcome,
    url,
    cast(json_object('name', name, 'title', title, 'status', status) as json) as attributes
  from staging.github_check_run
  where app is distinct from 'github-actions'
  union all
  select
    source,
    'check github-actions ' || sha || '@' || repository as id,
    sha,
    repository,
    max(finished_at) as "at",
    'github-actions' as app,
    case
      when bool_or(conclusion in ('failure', 'timed_out', 'startup_failure', 'action_required')) then 'failure'
      when bool_or(conclusion is null) then null
      when bool_or(conclusion = 'cancelled') then 'cancelled'
      else 'success'
    end as outcome,
    cast(null as varchar) as url,
    cast(
      json_object(
        'jobs', count(*), 'failed', count(*) filter (where conclusion in ('failure', 'timed_out', 'startup_failure', 'action_required'))
      ) as json
    ) as attributes
  from staging.github_check_run
  where app = 'github-actions'
  group by source, sha, repository
),
rule as (
  select
    source,
    'ruleset ' || ruleset || '@' || repository as id,
    'ruleset' as kind,
    repository as subject,
    repository,
    updated_at as "at",
    enforcement as outcome,
    url,
    cast(
      json_object(
        'name', name, 'target', target, 'declared_by', declared_by, 'declared_in', declared_in, 'conditions', conditions, 'rules', rules,
        'bypass_actors', bypass_actors
      ) as json
    ) as attributes
  from staging.github_ruleset
  union all
  select
    source,
    'branch_protection ' || id as id,
    'branch_protection' as kind,
    repository as subject,
    repository,
    cast(null as timestamptz) as "at",
    'active' as outcome,
    repository_url || '/settings/branches' as url,
    protection as attributes
  from staging.github_branch_protection
  union all
  select
    source,
    'environment_protection ' || id as id,
    'environment_protection' as kind,
    repository as subject,
    repository,
    cast(null as timestamptz) as "at",
    'active' as outcome,
    repository_url || '/settings/environments' as url,
    cast(json_object('environment', name, 'rules', protection) as json) as attributes
  from staging.github_environment
  where len(rules) > 0
),
evidence as (
  select source, id, kind, subject, repository, "at", actor, outcome, url, attributes
  from judged
  union all
  select source, id, 'check' as kind, sha as subject, repository, "at", app as actor, outcome, url, attributes
  from checked
  union all
  select source, id, kind, subject, repository, "at", cast(null as varchar) as actor, outcome, url, attributes
  from rule
),
only_service as (
  select source, repository, min(service) as service
  from staging.github_service
  where is_only
  group by source, repository
)
select e.source, e.id, e.kind, e.subject, o.service, e."at", e.actor, e.outcome, e.url, e.attributes
from evidence as e
left join only_service as o on o.source = e.source and o.repository = e.repository
order by e.source, e.id
