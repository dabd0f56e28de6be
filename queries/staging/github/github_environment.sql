/*
title: Environments of GitHub
description: >
  With what protects them now: who must approve, how many minutes a deployment waits, whether branches are limited. Which of them is production,
  quarterdeck.yaml says. Rules of apps are not among them: GraphQL does not give those.
grain: one row per source, repository and environment
*/
with environment as (
  select
    source,
    repository,
    repository_url,
    id,
    payload ->> '$.name' as name,
    payload -> '$.protectionRules.nodes' as protection,
    from_json(
      payload -> '$.protectionRules.nodes',
      '[{"type":"VARCHAR","timeout":"BIGINT","preventSelfReview":"BOOLEAN","reviewers":{"nodes":[{"login":"VARCHAR","combinedSlug":"VARCHAR"}]}}]'
    ) as rules
  from staging.github_record
  where stream = 'environment'
)
select
  source,
  repository,
  repository_url,
  id,
  name,
  coalesce(list_transform(rules, lambda rule: rule.type), []) as rules,
  coalesce(list_contains(list_transform(rules, lambda rule: rule.type), 'REQUIRED_REVIEWERS'), false) as needs_approval,
  coalesce(list_contains(list_transform(rules, lambda rule: rule.preventSelfReview), true), false) as prevents_self_review,
  coalesce(
    list_sort(
      list_transform(
        flatten(list_transform(rules, lambda rule: coalesce(rule.reviewers.nodes, []))),
        lambda reviewer: coalesce(reviewer.login, reviewer.combinedSlug)
      )
    ),
    []
  ) as reviewers,
  list_max(list_transform(list_filter(rules, lambda rule: rule.type = 'WAIT_TIMER'), lambda rule: rule.timeout)) as wait_minutes,
  coalesce(list_contains(list_transform(rules, lambda rule: rule.type), 'BRANCH_POLICY'), false) as limits_branches,
  protection
from environment
order by source, repository, name
