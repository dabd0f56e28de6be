/*
title: Pushes that GitHub's rulesets stopped, or that were taken past them
description: >
  GitHub lists those of the last month only: before the first collection, and where none ran for longer, what is not here is unknown, not clean.
  `rules` are those that the push broke.
grain: one row per source and evaluated push
*/
select
  source,
  repository,
  repository_url,
  payload ->> '$.id' as id,
  payload ->> '$.result' as result,
  payload ->> '$.actor_name' as actor,
  payload ->> '$.ref' as ref,
  payload ->> '$.before_sha' as before_sha,
  payload ->> '$.after_sha' as after_sha,
  staging.instant(payload ->> '$.pushed_at') as pushed_at,
  coalesce(
    list_sort(
      list_distinct(
        list_transform(
          list_filter(
            from_json(payload -> '$.rule_evaluations', '[{"result":"VARCHAR","rule_type":"VARCHAR","enforcement":"VARCHAR"}]'),
            lambda one: one.result = 'fail' and one.enforcement <> 'evaluate'
          ),
          lambda one: one.rule_type
        )
      )
    ),
    []
  ) as rules
from staging.github_record
where stream = 'rule_suite'
order by source, repository, id
