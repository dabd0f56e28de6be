/*
title: Findings of scans
description: >
  Results of SARIF runs. A result's level is its own, else its rule's, else `warning`; one that is no failure has none. One that somebody suppressed
  or that is gone since the last scan is not open.
grain: one row per source, file, run and finding
*/
with run as (
  select
    source, path,
    unnest(from_json(said -> '$.runs', '["JSON"]')) as item,
    unnest(range(json_array_length(said, '$.runs')::bigint)) as run_position
  from staging.evidence_document
  where format = 'sarif'
),
component as (
  select source, path, run_position, -1 as component_position, item -> '$.tool.driver.rules' as rules
  from run
  union all
  select source, path, run_position, component_position, rules
  from (
    select
      source, path, run_position,
      unnest(range(coalesce(json_array_length(item, '$.tool.extensions'), 0)::bigint)) as component_position,
      unnest(json_extract(item, '$.tool.extensions[*].rules')) as rules
    from run
  )
),
listed_rule as (
  select
    source, path, run_position, component_position,
    unnest(from_json(rules, '[{"id":"VARCHAR","defaultConfiguration":{"level":"VARCHAR"},"properties":{"tags":["VARCHAR"],"security-severity":"VARCHAR"}}]')) as rule,
    unnest(range(json_array_length(rules)::bigint)) as rule_position
  from component
  where json_type(rules) = 'ARRAY'
),
rule as (
  select
    source, path, run_position, component_position, rule_position,
    rule.id as rule,
    rule.defaultConfiguration.level as level,
    staging.number(rule.properties."security-severity") as severity,
    row_number() over (partition by source, path, run_position, rule.id order by component_position, rule_position) as choice
  from listed_rule
),
listed as (
  select
    source, path, run_position,
    unnest(
      from_json(
        item -> '$.results',
        '[{"ruleId":"VARCHAR","ruleIndex":"BIGINT","rule":{"id":"VARCHAR","index":"BIGINT"},"kind":"VARCHAR","level":"VARCHAR","baselineState":"VARCHAR","suppressions":[{"status":"VARCHAR"}],"locations":{"physicalLocation":{"artifactLocation":{"uri":"VARCHAR"},"region":{"startLine":"BIGINT"}}}}]'
      )
    ) as result,
    unnest(range(json_array_length(item, '$.results')::bigint)) as position
  from run
  where json_type(item, '$.results') = 'ARRAY'
),
finding as (
  select
    source, path, run_position, position, result,
    coalesce(result.ruleId, result.rule.id) as rule_id,
    coalesce(result.ruleIndex, result.rule.index) as rule_index
  from listed
)
select
  f.source,
  f.path,
  f.run_position,
  f.position,
  coalesce(f.rule_id, i.rule) as rule,
  case
    when f.result.level is not null then f.result.level
    when coalesce(f.result.kind, 'fail') <> 'fail' then 'none'
    else coalesce(n.level, i.level, 'warning')
  end as level,
  coalesce(n.severity, i.severity) as severity,
  len(list_filter(coalesce(f.result.suppressions, []), lambda s: coalesce(s.status, 'accepted') = 'accepted')) > 0 as is_suppressed,
  coalesce(f.result.baselineState, '') = 'absent' as is_gone,
  f.result.locations.physicalLocation.artifactLocation.uri as file,
  f.result.locations.physicalLocation.region.startLine as line
from finding as f
left join rule as n
  on n.source = f.source and n.path = f.path and n.run_position = f.run_position and n.rule = f.rule_id and n.choice = 1
left join rule as i
  on i.source = f.source and i.path = f.path and i.run_position = f.run_position and i.component_position = -1
    and i.rule_position = f.rule_index and f.rule_id is null
order by f.source, f.path, f.run_position, f.position
