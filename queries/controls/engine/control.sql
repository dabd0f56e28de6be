/*
title: The catalogue of controls
grain: one row per control that is switched on
description: What the headers of controls say, with what quarterdeck.yaml sets otherwise.
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'controls',
        '[{"control":"VARCHAR","relation":"VARCHAR","family":"VARCHAR","title":"VARCHAR","question":"VARCHAR","rule":"VARCHAR","version":"VARCHAR","units":["VARCHAR"],"severity":"VARCHAR","owner":"VARCHAR","remedy":"VARCHAR","is_local":"BOOLEAN","needs":[{"of":"VARCHAR","as":"VARCHAR"}],"scope":{"services":["VARCHAR"],"teams":["VARCHAR"],"tiers":["INTEGER"],"regulated":["VARCHAR"],"environments":["VARCHAR"]},"decided_because":"VARCHAR","decided_by":"VARCHAR","decided_since":"VARCHAR","severity_preset":"VARCHAR"}]'
      )
    ) as item
  from raw.control_catalogue
)
select
  item.control as control,
  item.relation as relation,
  item.family as family,
  item.title as title,
  item.question as question,
  item.rule as rule,
  item.version as version,
  item.units as units,
  item.severity as severity,
  item.owner as owner,
  item.remedy as remedy,
  item.is_local as is_local,
  list_sort(list_transform(list_filter(item.needs, lambda need: need."as" = 'adverse'), lambda need: need."of")) as adverse,
  item.scope.services as scope_services,
  item.scope.teams as scope_teams,
  item.scope.tiers as scope_tiers,
  item.scope.regulated as scope_regulated,
  item.scope.environments as scope_environments,
  item.severity_preset as severity_preset,
  item.decided_because as decided_because,
  item.decided_by as decided_by,
  item.decided_since as decided_since
from listed
order by control
