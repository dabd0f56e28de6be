/*
title: Environments of GitHub
description: With what protects them. Which of them is production, quarterdeck.yaml says.
grain: one row per source, repository and environment
*/
select
  source,
  repository,
  payload ->> '$.name' as name,
  from_json(payload -> '$.protectionRules.nodes[*].type', '["VARCHAR"]') as rules,
  coalesce(list_contains(from_json(payload -> '$.protectionRules.nodes[*].type', '["VARCHAR"]'), 'REQUIRED_REVIEWERS'), false) as needs_approval,
  coalesce(list_contains(from_json(payload -> '$.protectionRules.nodes[*].preventSelfReview', '["BOOLEAN"]'), true), false) as prevents_self_review
from staging.github_record
where stream = 'environment'
order by source, repository, name
