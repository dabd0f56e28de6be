/** A control to begin with: it runs as it is, on any data. */
export const controlTemplate = (id: string): string => `/*
# The entry in the catalogue. What is wrong here is said with its place by \`quarterdeck doctor\`.
control: ${id}
title: Deployments name a version
question: Does the production deployment say which version it put there?
grain: one row per production deployment
rule: Its version is stated
version: 1
# What a row is about: deployment, change_request, release, incident, source, period or exemption.
units: [deployment]
# critical, high, medium or low
severity: low
owner: Release management
# Kinds of record that it looks at (docs/entities.md). supporting = without them it can only fail; adverse = they tell
# against a unit, so that without them nobody knows whether it passes.
needs:
  - { of: deployment, as: supporting }
# What the configuration may set; the SELECT reads it with getvariable('${relationOf(id)}_<name>').
parameters:
  allowed:
    default: [rollback]
    description: Labels of deployments that need no version.
# Clauses that it gives evidence for, such as { soc2: [CC8.1] }.
frameworks: {}
remedy: Let the pipeline hand its version on with the deployment.
# What to do about one result, by words of its reason; {unit} stands for what it is about.
steps:
  - when: names no version
    do: Write the version into the record of {unit} at its source, and collect again.
# Whose decision it is, which the data page prints: by, at (a day) and reason.
# by: Release management
*/
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  -- The day that it is filed under.
  d.occurred_at,
  -- Until when what is asked for had to be there; null = until occurred_at.
  null::timestamptz as due_at,
  -- pass, fail, missing (nothing was found that it needs), not_applicable, not_due or unknown.
  case
    when list_has_any(coalesce(d.labels, []), getvariable('${relationOf(id)}_allowed')) then 'not_applicable'
    when d.version is null then 'fail'
    else 'pass'
  end as verdict,
  -- A sentence for people, which names nobody.
  case
    when list_has_any(coalesce(d.labels, []), getvariable('${relationOf(id)}_allowed')) then 'The deployment has a label that needs no version.'
    when d.version is null then 'The deployment names no version.'
    else 'The deployment names version ' || d.version || '.'
  end as reason,
  -- Ids of the records that it was judged by.
  [d.deployment_id] as evidence,
  -- With verdict missing: the kinds of record that were not found.
  []::varchar[] as missing,
  -- What an exemption would have to name, where the control is about findings.
  []::varchar[] as findings
from controls.production_deployment as d
order by unit
`;

/** `OWN-01` -> `own_01`: the name of the file, and so of the relation. */
export const relationOf = (id: string): string => id.toLowerCase().replace("-", "_");
