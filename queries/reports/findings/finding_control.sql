/*
title: Controls that fail more, or no longer
grain: one row per kind of period and control that moved between the latest complete period and the one before
rule: >
  More: three failures more, or a control of critical or high severity that judged results before, failed none, and fails now. No longer: three or more before, none now, and results were judged.
  The graver control comes first, then the larger rise; what no longer fails comes last. Nothing is said
  where the period before is known in part only: its counts are too low
version: 2
*/
with paired as (
  select
    n.control, n.severity, n.period_kind, b.period_label as previous_label,
    n.failed, b.failed as failed_before,
    n.passed + n.failed + n.unknown as judged,
    n.most_failed_service, n.most_failed
  from reports.control_period as n
  join reports.control_period as b on b.control = n.control and b.period_kind = n.period_kind and b.recency = 2 and not b.is_partial
  where n.recency = 1
),
moved as (
  select
    *,
    case
      when failed - failed_before >= 3 then 'worse'
      when failed > 0 and failed_before = 0 and severity in ('critical', 'high') then 'worse'
      when failed = 0 and failed_before >= 3 and judged > 0 then 'better'
    end as verdict
  from paired
)
select
  m.period_kind,
  row_number() over (
    partition by m.period_kind
    order by
      case m.verdict when 'worse' then 0 else 1 end,
      case m.severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end,
      abs(m.failed - m.failed_before) desc,
      m.control
  ) as place,
  m.verdict,
  m.control,
  m.control || ' ' || c.title as name,
  case
    when m.verdict = 'better' then 'no longer fails: none of ' || format('{:,}', m.judged) || ' after ' || format('{:,}', m.failed_before) || ' in ' || m.previous_label
    else
      'fails ' || format('{:,}', m.failed) || ' of ' || format('{:,}', m.judged) || ', after '
      || case m.failed_before when 0 then 'none' else format('{:,}', m.failed_before) end || ' in ' || m.previous_label
      || case
        when m.most_failed_service is null or m.most_failed < 2 or 2 * m.most_failed < m.failed then ''
        when m.most_failed = m.failed then '; all in ' || coalesce(s.title, m.most_failed_service)
        else '; ' || format('{:,}', m.most_failed) || ' of them in ' || coalesce(s.title, m.most_failed_service)
      end
  end
  || '.' as sentence
from moved as m
join controls.control as c on c.control = m.control
left join model.service as s on s.service = m.most_failed_service
where m.verdict is not null
order by m.period_kind, place
