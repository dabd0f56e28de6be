/*
title: Judgements
grain: one row per decision that people recorded
description: >
  Where a person's word changes, or explains, what the figures say: exclusions, rules of the organisation's own, assertions of
  completeness, exemptions, and whatever else stands under `judgements`. Missing names and days stay missing.
*/
with decision as (
  select 'exclusion' as kind, 1 as kind_order, 'deployment ' || deployment as what, reason, decided_by, decided_at
  from staging.config_excluded_deployment
  union all
  select 'exclusion', 1, 'changes titled ' || subject_pattern, reason, decided_by, decided_at
  from staging.config_excluded_change
  union all
  select 'local rule', 2, relation || ', from ' || file, reason, decided_by, decided_at
  from raw.local_rule
  union all
  select
    'completeness', 3,
    entity || ' records of ' || source || ' are complete for ' || coalesce(string_agg(service, ', ' order by service), 'all services')
    || coalesce(' from ' || from_day, '') || coalesce(' until ' || until_day, ''),
    basis, asserted_by, asserted_at
  from staging.files_completeness
  group by source, entity, from_day, until_day, asserted_by, asserted_at, basis
  union all
  select
    'exemption', 4,
    coalesce(control, 'a control') || ' waived' || coalesce(' for ' || scope, '')
    || coalesce(' from ' || strftime(timezone(getvariable('time_zone'), valid_from), '%Y-%m-%d'), '')
    || coalesce(' until ' || strftime(timezone(getvariable('time_zone'), valid_until), '%Y-%m-%d'), ''),
    reason, a.shown_as, null
  from model.exemption as e
  left join model.actor as a on a.login = e.approver
  union all
  select 'other', 5, what, reason, decided_by, decided_at
  from staging.config_judgement
)
select
  row_number() over (order by kind_order, decided_at desc nulls last, what, reason, decided_by) as position,
  kind,
  what,
  reason,
  decided_by,
  decided_at
from decision
order by position
