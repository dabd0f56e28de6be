/*
title: Every event is understood
grain: one row per source and type of event that no figure uses, or reason why some events of a type give no row
rule: an unknown type is kept raw and counted, never lost
*/
with judged as (
  select
    e.source,
    e.type,
    case
      when e.subject_type is null and e.type like 'dev.cdevents.%' then 'form'
      when e.subject_type is null then 'foreign'
      when t.entity is null then 'unknown'
      when t.entity = 'deployment' and coalesce(e.stated ->> '$.deployment.environment', e.environment) is null then 'environment'
      when t.entity = 'environment' and s.name is null and n.name is null then 'kind'
    end as reason
  from staging.events_event as e
  left join staging.events_type as t on t.subject_type = e.subject_type and t.predicate = e.predicate
  left join staging.events_environment as s
    on s.source = e.source and s.name = coalesce(e.stated ->> '$.environment.name', e.subject_id)
  left join model.environment_name as n on n.name = coalesce(e.stated ->> '$.environment.name', e.subject_id)
),
counted as (
  select source, type, reason, count(*) as events
  from judged
  where reason is not null
  group by source, type, reason
)
select
  source || ' ' || type as subject,
  events as rows,
  case reason
    when 'environment' then 'They are in no figure: they name no environment.'
    when 'kind' then 'They are evidence only: nobody says what the environment is for.'
    else 'They are kept as they came and are in no figure: the type is not known.'
  end as effect,
  case reason
    when 'form' then 'Send CDEvents of a version before 1.0, or read them with a newer version of this product.'
    when 'foreign' then 'None needed if they are of no interest; else send them as CDEvents.'
    when 'unknown' then 'Send what is of interest as a type that collectors/events/README.md lists.'
    when 'environment' then 'Say with fields.environment of the source where the event names it.'
    when 'kind' then 'List the environment in quarterdeck.yaml, or state customData.quarterdeck.environment.kind.'
  end as remedy
from counted
order by subject, effect
