/*
title: Results of controls
grain: one row per control and unit
rule: >
  What fails is exempt where exemptions that hold cover it at its time: all that blocks it, if it is about findings. An exemption never hides: it is named
description: Status is pass, fail, exempt, not_applicable or unknown; `is_outside` is true of what lies outside of the scope that the configuration gives the control. `unknown_words` are the kinds of record that nobody knows to be complete. `month` is that of the organisation's time zone.
version: 1
view: true
*/
with accepted as (
  select
    m.control,
    m.unit_kind,
    m.unit,
    list_sort(list(m.exemption_id)) as exemptions,
    flatten(list(m.findings)) as findings,
    string_agg(
      m.exemption_id || coalesce(' until ' || strftime(timezone(getvariable('time_zone'), e.valid_until - to_seconds(1)), '%Y-%m-%d'), '')
      || coalesce(': ' || rtrim(nullif(trim(e.reason), ''), '.'), ''),
      '; ' order by m.exemption_id
    ) as words
  from controls.exemption_match as m
  join model.exemption as e on e.exemption_id = m.exemption_id
  where m.refusal is null
  group by m.control, m.unit_kind, m.unit
),
refused as (
  select
    control, unit_kind, unit,
    string_agg('Exemption ' || exemption_id || ' does not cover it: ' || refusal || '.', ' ' order by exemption_id) as words
  from controls.exemption_match
  where refusal is not null
  group by control, unit_kind, unit
),
covered as (
  select
    j.*,
    case
      when a.exemptions is not null then len(list_filter(j.findings, lambda f: not list_contains(a.findings, f))) = 0
      else false
    end as is_exempt,
    a.exemptions,
    a.words as waiver,
    case when a.exemptions is not null then list_filter(j.findings, lambda f: not coalesce(list_contains(a.findings, f), false)) end as open_findings,
    r.words as refused_words
  from controls.judged as j
  left join accepted as a on a.control = j.control and a.unit_kind = j.unit_kind and a.unit = j.unit
  left join refused as r on r.control = j.control and r.unit_kind = j.unit_kind and r.unit = j.unit
)
select
  v.control,
  v.unit_kind,
  v.unit,
  v.service,
  v.teams,
  v.environment,
  v.occurred_at,
  v.month,
  case when v.is_exempt then 'exempt' else v.status end as status,
  v.is_not_due,
  v.is_outside,
  c.severity,
  case
    when v.is_exempt then 'Waived by ' || v.waiver || '. Without that it would fail: ' || v.reason
    when v.exemptions is not null and v.status = 'fail'
      then v.reason || ' ' || array_to_string(v.exemptions, ', ') || ' does not cover ' || array_to_string(v.open_findings, ', ') || '.'
    else v.reason
  end || coalesce(' ' || v.refused_words, '') as reason,
  case when v.status = 'unknown' then v.unknown_words end as unknown_words,
  v.evidence,
  v.findings,
  case when v.is_exempt then v.exemptions else [] end as exemptions
from covered as v
join controls.control as c on c.control = v.control
