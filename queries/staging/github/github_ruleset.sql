/*
title: Rulesets of GitHub
description: >
  As they hold for each repository now, those of its organisation among them. `enforcement` is active, evaluate (says what it would do) or disabled.
  `bypass_actors` is null where the token may not see them: who may bypass the ruleset is then unknown.
grain: one row per source, repository and ruleset
*/
select
  source,
  repository,
  payload ->> '$.id' as ruleset,
  payload ->> '$.name' as name,
  payload ->> '$.target' as target,
  payload ->> '$.enforcement' as enforcement,
  payload ->> '$.source_type' as declared_by,
  -- A ruleset does not count as changed when what it belongs to is renamed.
  case payload ->> '$.source_type'
    when 'Repository' then repository
    when 'Organization' then split_part(repository, '/', 1)
    else payload ->> '$.source'
  end as declared_in,
  from_json(payload -> '$.conditions.ref_name.include', '["VARCHAR"]') as included_refs,
  from_json(payload -> '$.conditions.ref_name.exclude', '["VARCHAR"]') as excluded_refs,
  payload -> '$.conditions' as conditions,
  payload -> '$.rules' as rules,
  payload -> '$.bypass_actors' as bypass_actors,
  staging.instant(payload ->> '$.created_at') as created_at,
  staging.instant(payload ->> '$.updated_at') as updated_at,
  repository_url || '/rules/' || (payload ->> '$.id') as url
from staging.github_record
where stream = 'ruleset'
order by source, repository, ruleset
