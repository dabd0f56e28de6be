/*
title: Incidents of GitLab
description: >
  Severity is GitLab's, where it is set, else a label such as severity::1, sev1 or P2. Taken and mitigated is what labels say, when they were
  first put on. What caused it is what the line "Caused by: ..." of the description names.
grain: one row per source and id
*/
with incident as (
  select source, project, number, id, service, title, created_at, closed_at, labels, payload, url
  from staging.gitlab_issue
  where is_incident
),
wanted as (
  select
    source,
    list_transform(coalesce(try_cast(options -> '$.incident.acknowledged_labels' as varchar[]), []), lambda label: lower(label)) as acknowledged,
    list_transform(coalesce(try_cast(options -> '$.incident.mitigated_labels' as varchar[]), []), lambda label: lower(label)) as mitigated
  from staging.source
),
put_on as (
  select
    source,
    id,
    unnest(from_json(payload -> '$.label_events', '[{"created_at":"VARCHAR","action":"VARCHAR","label":{"name":"VARCHAR"}}]')) as item
  from incident
),
step as (
  select
    p.source,
    p.id,
    min(staging.instant(p.item.created_at)) filter (where list_contains(w.acknowledged, lower(p.item.label.name))) as acknowledged_at,
    min(staging.instant(p.item.created_at)) filter (where list_contains(w.mitigated, lower(p.item.label.name))) as mitigated_at
  from put_on as p
  join wanted as w on w.source = p.source
  where p.item.action = 'add'
  group by p.source, p.id
)
select
  i.source,
  i.id,
  i.service,
  i.title,
  coalesce(
    nullif(nullif(lower(i.payload ->> '$.severity'), 'unknown'), ''),
    list_min(list_filter(i.labels, lambda label: regexp_matches(lower(label), '^(sev(erity)?[-: /]*\w+|p[0-5])$')))
  ) as severity,
  cast(null as varchar) as classification,
  i.created_at as started_at,
  cast(null as timestamptz) as detected_at,
  s.acknowledged_at,
  s.mitigated_at,
  i.closed_at as resolved_at,
  list_transform(
    list_filter(
      string_split_regex(regexp_extract(i.payload ->> '$.description', '(?im)^caused by:[ \t]*(\S[^\r\n]*)$', 1), '[\s,]+'),
      lambda one: one <> ''
    ),
    lambda one: one
  ) as caused_by,
  cast(null as varchar) as cause,
  i.url,
  cast(null as varchar) as environment
from incident as i
left join step as s on s.source = i.source and s.id = i.id
order by i.source, i.id
