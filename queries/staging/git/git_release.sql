/*
title: Releases by tag
description: >
  Tags that fit a configured pattern. The first pattern of the repository that fits counts. A version starts
  with a digit; of a tag without a tagger, the commit's time is its time. Pre-releases (semantic versioning and PEP 440) go
  to the environment that the pattern names for them, or are left out.
grain: one row per source, repository and tag
*/
with repository as (
  select
    source.source,
    entry.value ->> '$.repository' as repository,
    entry.value -> '$.releases' as releases
  from staging.source as source,
    json_each(source.options, '$.repositories') as entry
  where source.collector = 'git'
),
rule as (
  select
    repository.source,
    repository.repository,
    cast(entry.key as integer) + 1 as rule_index,
    entry.value ->> '$.service' as service,
    coalesce(entry.value ->> '$.environment', 'production') as environment,
    coalesce(entry.value ->> '$.prereleases', 'ignore') as prereleases,
    split_part(entry.value ->> '$.tags', '{version}', 1) as before_version,
    split_part(entry.value ->> '$.tags', '{version}', 2) as after_version
  from repository,
    json_each(repository.releases) as entry
),
matcher as (
  select
    source,
    repository,
    rule_index,
    service,
    environment,
    prereleases,
    '^' || replace(regexp_escape(before_version), '\*', '.*?')
      || '([0-9].*?)'
      || replace(regexp_escape(after_version), '\*', '.*?') || '$' as pattern
  from rule
),
fitting as (
  select
    matcher.source,
    matcher.service,
    matcher.repository,
    regexp_extract(tag.name, matcher.pattern, 1) as version,
    tag.name as tag,
    tag.sha,
    coalesce(tag.tagged_at, commit.committed_at) as released_at,
    matcher.environment,
    matcher.prereleases,
    matcher.rule_index,
    row_number() over (partition by matcher.source, matcher.repository, tag.name order by matcher.rule_index) as fit
  from matcher
  join staging.git_ref as tag
    on tag.source = matcher.source
    and tag.repository = matcher.repository
    and tag.kind = 'tag'
    and regexp_matches(tag.name, matcher.pattern)
  left join staging.git_commit as commit
    on commit.source = tag.source
    and commit.repository = tag.repository
    and commit.sha = tag.sha
),
judged as (
  select
    source,
    service,
    repository,
    version,
    tag,
    sha,
    released_at,
    environment,
    prereleases,
    -- 1.0a7, 1.0-rc.1, 1.0.dev1, 1.0.post1.dev2; and 1.2.0-anything, unless the word says that it is final. Not 1.0.post1, 1.0.2b.
    regexp_matches(lower(version), '^([0-9]+!)?[0-9]+(\.[0-9]+)*[-_.]?((a|b|c|m)[-_.]?[0-9]+|(alpha|beta|rc|cr|pre|preview|dev|milestone|snapshot|nightly|canary|next)[-_.]?[0-9]*)([-_.+].*)?$')
      or regexp_matches(lower(version), '[-_.]dev[0-9]*(\+.*)?$')
      or (
        regexp_matches(version, '^[0-9]+\.[0-9]+\.[0-9]+-')
        and not regexp_matches(lower(version), '^[0-9.]+-(post|final|ga|release|hotfix|patch)')
      ) as is_prerelease,
    rule_index
  from fitting
  where fit = 1
)
select
  source,
  service,
  repository,
  version,
  tag,
  sha,
  released_at,
  case when is_prerelease then prereleases else environment end as environment,
  is_prerelease,
  rule_index
from judged
where not (is_prerelease and prereleases = 'ignore')
order by source, repository, tag
