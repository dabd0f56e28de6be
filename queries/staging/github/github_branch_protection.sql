/*
title: Branch protection of GitHub
description: >
  Rules of the kind that was there before rulesets, as they are now. GitHub has no time on them. `may_*` name who is let by: logins, teams as
  organisation/team, apps.
grain: one row per source, repository and pattern
*/
with protection as (
  select
    source,
    repository,
    repository_url,
    id,
    payload,
    payload -> '$.pushAllowances.nodes[*].actor' as pushers,
    payload -> '$.bypassForcePushAllowances.nodes[*].actor' as force_pushers,
    payload -> '$.bypassPullRequestAllowances.nodes[*].actor' as bypassers,
    payload -> '$.reviewDismissalAllowances.nodes[*].actor' as dismissers
  from staging.github_record
  where stream = 'branch_protection'
)
select
  source,
  repository,
  repository_url,
  id,
  payload ->> '$.pattern' as pattern,
  try_cast(payload ->> '$.isAdminEnforced' as boolean) as binds_admins,
  try_cast(payload ->> '$.requiresApprovingReviews' as boolean) as requires_reviews,
  staging.whole(payload ->> '$.requiredApprovingReviewCount') as required_reviews,
  try_cast(payload ->> '$.requiresCodeOwnerReviews' as boolean) as requires_code_owners,
  try_cast(payload ->> '$.requireLastPushApproval' as boolean) as requires_last_push_approval,
  try_cast(payload ->> '$.dismissesStaleReviews' as boolean) as dismisses_stale_reviews,
  try_cast(payload ->> '$.requiresStatusChecks' as boolean) as requires_checks,
  coalesce(from_json(payload -> '$.requiredStatusChecks[*].context', '["VARCHAR"]'), []) as required_checks,
  try_cast(payload ->> '$.requiresStrictStatusChecks' as boolean) as requires_up_to_date,
  try_cast(payload ->> '$.restrictsPushes' as boolean) as restricts_pushes,
  try_cast(payload ->> '$.allowsForcePushes' as boolean) as allows_force_pushes,
  try_cast(payload ->> '$.allowsDeletions' as boolean) as allows_deletions,
  list_sort(list_transform(pushers, lambda one: coalesce(one ->> '$.login', one ->> '$.combinedSlug', one ->> '$.slug'))) as may_push,
  list_sort(list_transform(force_pushers, lambda one: coalesce(one ->> '$.login', one ->> '$.combinedSlug', one ->> '$.slug'))) as may_force_push,
  list_sort(list_transform(bypassers, lambda one: coalesce(one ->> '$.login', one ->> '$.combinedSlug', one ->> '$.slug'))) as may_bypass_reviews,
  list_sort(list_transform(dismissers, lambda one: coalesce(one ->> '$.login', one ->> '$.combinedSlug', one ->> '$.slug'))) as may_dismiss_reviews,
  payload as protection
from protection
order by source, repository, pattern, id
