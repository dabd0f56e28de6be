/*
control: RET-01
title: Records kept for the legal period
question: Is everything still held that a retention policy says must be, or is its disposal recorded?
grain: one row per source or archive, and one per service and month with production deployments
rule: >
  A source or archive: for each policy that holds for it, its oldest record of the class is as old as the policy asks, or the service came into being later (then it is not applicable), or a disposal
  is recorded with day, person and reason. A month: records of each class with a policy for the service are held from it, or their disposal is recorded
version: 1
units: [source, period]
severity: medium
owner: Records management
needs:
  - { of: retention_policy, as: supporting }
  - { of: archived_record, as: supporting }
parameters:
  slack_days:
    default: 31
    unit: days
    description: How much younger than the policy asks, or than the service, the oldest record may be.
frameworks:
  sox: [17 CFR 210.2-06, "802"]
  cobit: [DSS06.05]
  iso_27001: ["5.33"]
  pci_dss: ["10.5.1"]
  nist_800_53: [AU-11, SI-12]
  hipaa: [164.316(b)(2)(i)]
  gdpr: [5(1)(e), 17(3)(b)]
  cfr_21_part_11: [11.10(c)]
  annex_11: ["17"]
  ssdf: [PS.3]
remedy: Write a policy for what has none. Restore what is missing, or record who disposed of it when and why; let the archive delete by policy only.
steps:
  - when: "No retention policy was found for"
    do: "Write down for how long these kinds of record must be kept (records of retention_policy with class, time and, where it is one, system), or say that none is asked for."
  - when: "no longer holds what must be kept"
    do: "Restore what is missing, or record its disposal with day, person and reason (archived_record)."
  - when: "nothing says since when"
    do: "Say since when the service exists (`active_from` of the service)."
  - when: "nor is their disposal recorded"
    do: "Look for them in the archive. If they are there, let its listing name them; if they were disposed of, record day, person and reason (archived_record). If they are lost, that stays a deviation."
*/
with held as (
  select record_class, system, service, min(oldest_at) as oldest_at
  from controls.held_record
  group by record_class, system, service
),
disposal as (
  select
    replace(lower(trim(record_class)), '_', ' ') as record_class,
    system,
    service,
    coalesce(strftime(timezone(getvariable('time_zone'), recorded_at), '%Y-%m'), subject) as month,
    list_sort(list(archived_record_id)) as records
  from model.archived_record
  where disposed_at < getvariable('as_of') and nullif(trim(disposed_by), '') is not null and nullif(trim(disposal_reason), '') is not null
  group by 1, 2, 3, 4
),
system as (
  select k.source as system, coalesce(l.collected_at, getvariable('as_of')::timestamptz) as occurred_at
  from staging.source as k
  left join model.last_collection as l on l.source = k.source
  union
  select h.system, getvariable('as_of')::timestamptz as occurred_at
  from (
    select system from model.archived_record union select system from controls.retention_rule
  ) as h
  left join staging.source as k on k.source = h.system
  where h.system is not null and k.source is null
),
youngest as (
  select service, active_from
  from model.service
  union all
  select null as service, case when count(*) = count(active_from) then min(active_from) end as active_from
  from model.service
),
applied as (
  select distinct s.system, r.retention_policy_id
  from system as s
  join controls.retention_rule as r on r.system = s.system
  union
  select distinct h.system, r.retention_policy_id
  from held as h
  join controls.retention_rule as r on r.record_class = h.record_class and (r.service is null or r.service = h.service)
  where r.system is null and h.system is not null
),
oldest as (
  select a.system, a.retention_policy_id, min(h.oldest_at) as oldest_at
  from applied as a
  join controls.retention_rule as r on r.retention_policy_id = a.retention_policy_id
  join held as h on h.system = a.system and h.record_class = r.record_class and (r.service is null or h.service = r.service)
  group by a.system, a.retention_policy_id
),
gone as (
  select a.system, a.retention_policy_id, flatten(list(d.records order by d.records)) as records
  from applied as a
  join controls.retention_rule as r on r.retention_policy_id = a.retention_policy_id
  join disposal as d on d.system = a.system and d.record_class = r.record_class and (r.service is null or d.service = r.service)
  group by a.system, a.retention_policy_id
),
kept as (
  select
    a.system,
    a.retention_policy_id,
    r.record_class,
    r.words,
    o.oldest_at,
    coalesce(g.records, []) as disposals,
    case
      when o.oldest_at <= r.keep_from + to_days(getvariable('ret_01_slack_days')::integer) then 'kept'
      when g.system is not null then 'disposed'
      when y.active_from > r.keep_from and (o.oldest_at is null or o.oldest_at <= y.active_from + to_days(getvariable('ret_01_slack_days')::integer)) then 'younger'
      when o.oldest_at is null then 'none'
      when y.active_from is null then 'unknown'
      else 'short'
    end as standing
  from applied as a
  join controls.retention_rule as r on r.retention_policy_id = a.retention_policy_id
  left join oldest as o on o.system = a.system and o.retention_policy_id = a.retention_policy_id
  left join gone as g on g.system = a.system and g.retention_policy_id = a.retention_policy_id
  left join youngest as y on y.service is not distinct from r.service
),
system_standing as (
  select
    system,
    bool_or(standing = 'short') as is_short,
    bool_or(standing = 'none') as is_none,
    bool_or(standing = 'unknown') as is_unknown,
    bool_and(standing = 'younger') as is_younger,
    string_agg(record_class || ' (asked for ' || words || coalesce(', oldest of ' || strftime(timezone(getvariable('time_zone'), oldest_at), '%Y-%m-%d'), ', none held') || ')', ', ' order by record_class, retention_policy_id)
      filter (where standing in ('short', 'none', 'unknown')) as gaps,
    list_concat(list(retention_policy_id order by retention_policy_id), flatten(list(disposals order by retention_policy_id))) as evidence
  from kept
  group by system
),
-- A source names its kinds of record; what an archive holds has only classes.
content as (
  select source as system, replace(stream, '_', ' ') as name
  from controls.stream_tally
  where records > 0
  union
  select h.system, h.record_class as name
  from held as h
  left join staging.source as k on k.source = h.system
  where k.source is null
),
unruled as (
  select c.system, list_sort(list(c.name)) as names
  from content as c
  left join applied as a on a.system = c.system
  where a.system is null
  group by c.system
),
month as (
  select distinct
    service,
    strftime(timezone(getvariable('time_zone'), occurred_at), '%Y-%m') as month
  from controls.production_deployment
),
period as (
  select
    service,
    month,
    timezone(getvariable('time_zone'), strptime(month || '-01', '%Y-%m-%d')) as began_at,
    timezone(getvariable('time_zone'), strptime(month || '-01', '%Y-%m-%d') + to_months(1)) as ended_at
  from month
),
asked as (
  select p.service, p.month, r.retention_policy_id, r.record_class, p.ended_at > r.keep_from as is_asked
  from period as p
  join controls.retention_rule as r on r.service is null or r.service = p.service
),
held_month as (
  select distinct record_class, service, month
  from controls.held_record
),
disposed_month as (
  select distinct record_class, service, month
  from disposal
),
period_standing as (
  select
    a.service,
    a.month,
    bool_or(a.is_asked) as is_asked,
    bool_or(a.is_asked and h.month is null and d.month is null) as is_short,
    string_agg(distinct a.record_class, ', ' order by a.record_class) filter (where a.is_asked and h.month is null and d.month is null) as gaps,
    list_sort(list(a.retention_policy_id)) as policies
  from asked as a
  left join held_month as h on h.record_class = a.record_class and h.service = a.service and h.month = a.month
  left join disposed_month as d on d.record_class = a.record_class and d.service = a.service and d.month = a.month
  group by a.service, a.month
)
select
  'source' as unit_kind,
  s.system as unit,
  null as service,
  null as environment,
  s.occurred_at,
  null::timestamptz as due_at,
  case
    when k.system is null or k.is_none then 'missing'
    when k.is_short then 'fail'
    when k.is_unknown then 'unknown'
    when k.is_younger then 'not_applicable'
    else 'pass'
  end as verdict,
  case
    when k.system is null then 'No retention policy was found for what ' || s.system || ' holds' || coalesce(': ' || array_to_string(u.names[1:8], ', ') || case when len(u.names) > 8 then ' and ' || (len(u.names) - 8) || ' more kinds of record' else '' end, '') || '.'
    when k.is_none or k.is_short then s.system || ' no longer holds what must be kept: ' || k.gaps || '.'
    when k.is_unknown then 'The oldest records of ' || s.system || ' are younger than must be kept, and nothing says since when there were any: ' || k.gaps || '.'
    when k.is_younger then 'The services whose records ' || s.system || ' holds are younger than the time for which these are kept.'
    else s.system || ' holds what must be kept, or the disposal is recorded.'
  end as reason,
  coalesce(k.evidence, []) as evidence,
  case when k.system is null then ['retention_policy'] else ['archived_record'] end as missing,
  []::varchar[] as findings
from system as s
left join system_standing as k on k.system = s.system
left join unruled as u on u.system = s.system
union all
select
  'period' as unit_kind,
  p.service || ' ' || p.month as unit,
  p.service,
  null as environment,
  p.began_at as occurred_at,
  p.ended_at as due_at,
  case
    when p.ended_at > getvariable('as_of')::timestamptz then 'not_due'
    when k.service is null then 'missing'
    when not k.is_asked then 'not_applicable'
    when k.is_short then 'missing'
    else 'pass'
  end as verdict,
  case
    when p.ended_at > getvariable('as_of')::timestamptz then 'The month is not over.'
    when k.service is null then 'No retention policy was found for the service.'
    when not k.is_asked then 'The month lies further back than records must be kept.'
    when k.is_short then 'From ' || p.month || ' no records of ' || p.service || ' are held, nor is their disposal recorded, of: ' || k.gaps || '.'
    else 'Records of this month are held for each class with a policy, or their disposal is recorded.'
  end as reason,
  coalesce(k.policies, []) as evidence,
  case when k.service is null then ['retention_policy'] else ['archived_record'] end as missing,
  []::varchar[] as findings
from period as p
left join period_standing as k on k.service = p.service and k.month = p.month
order by unit_kind, unit
