/*
title: Controls that fail more, or no longer
grain: one row per kind of period and control that moved between the latest complete period and the one before
rule: >
  More: three failures more, of critical severity two, or a control of critical or high severity that judged results before, failed none, and fails now. No longer: three or more before, none now, and results were judged.
  The graver control comes first, then the larger rise; what no longer fails comes last. Failures are counted as reports.control_thing does: deployments, not their attempts. Other controls that the very same
  things fail are named beside it. Nothing is said where the period before is known in part only: its counts are too low
version: 2
*/
with paired as (
  select
    n.control, n.severity, n.period_kind, b.period_label as previous_label,
    n.failed, b.failed as failed_before,
    n.passed + n.failed + n.unknown as judged
  from reports.control_period as n
  join reports.control_period as b on b.control = n.control and b.period_kind = n.period_kind and b.recency = 2 and not b.is_partial
  where n.recency = 1
),
kind as (
  select
    period_kind, control, is_latest, kind,
    count(*) as things,
    format('{:,}', count(*)) || ' ' || case kind when 'period' then 'span' when 'source' then 'source' else replace(kind, '_', ' ') end || case count(*) when 1 then '' else 's' end as words
  from reports.control_thing
  group by period_kind, control, is_latest, kind
),
thing as (
  select
    period_kind, control, is_latest,
    sum(things) as things,
    string_agg(words, ' and ' order by things desc, kind) as words,
    bool_and(kind = 'deployment') as is_of_deployments
  from kind
  group by period_kind, control, is_latest
),
place as (
  select
    period_kind, control, service, count(*) as things,
    row_number() over (partition by period_kind, control order by count(*) desc, service nulls last) as choice
  from reports.control_thing
  where is_latest
  group by period_kind, control, service
),
signature as (
  select period_kind, control, string_agg(kind || ' ' || thing, ' ' order by kind, thing) as things
  from reports.control_thing
  where is_latest
  group by period_kind, control
),
moved as (
  select
    p.*,
    n.things, n.words, n.is_of_deployments, coalesce(b.things, 0) as things_before, b.words as words_before,
    case
      when coalesce(n.things, 0) - coalesce(b.things, 0) >= case p.severity when 'critical' then 2 else 3 end then 'worse'
      when p.failed > 0 and p.failed_before = 0 and p.severity in ('critical', 'high') then 'worse'
      when p.failed = 0 and b.things >= 3 and p.judged > 0 then 'better'
    end as verdict,
    l.service as most_failed_service,
    l.things as most_failed,
    g.things as signature
  from paired as p
  left join thing as n on n.control = p.control and n.period_kind = p.period_kind and n.is_latest
  left join thing as b on b.control = p.control and b.period_kind = p.period_kind and not b.is_latest
  left join place as l on l.control = p.control and l.period_kind = p.period_kind and l.choice = 1
  left join signature as g on g.control = p.control and g.period_kind = p.period_kind
),
placed as (
  select
    *,
    row_number() over (
      partition by period_kind
      order by
        case verdict when 'worse' then 0 else 1 end,
        case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end,
        abs(coalesce(things, 0) - things_before) desc,
        control
    ) as place
  from moved
  where verdict is not null
),
alike as (
  select p.period_kind, p.control, string_agg(g.control, ', ' order by g.control) as others
  from placed as p
  join signature as g on g.period_kind = p.period_kind and g.things = p.signature and g.control <> p.control
  group by p.period_kind, p.control
)
select
  m.period_kind,
  m.place,
  m.verdict,
  m.control,
  m.control || ' ' || c.title as name,
  case
    when m.verdict = 'better' then 'no longer fails: none of ' || format('{:,}', m.judged) || ' results after ' || m.words_before || ' in ' || m.previous_label
    else
      'does not hold for ' || m.words || ' (' || format('{:,}', m.failed) || ' of ' || format('{:,}', m.judged) || case when m.is_of_deployments then ' attempts' else ' results' end || '), after '
      || case m.things_before when 0 then 'none' else format('{:,}', m.things_before) end || ' in ' || m.previous_label
      || case
        when m.most_failed_service is null or m.most_failed < 2 or 2 * m.most_failed < m.things then ''
        when m.most_failed = m.things then '; all in ' || coalesce(s.title, m.most_failed_service)
        else '; ' || format('{:,}', m.most_failed) || ' of them in ' || coalesce(s.title, m.most_failed_service)
      end
      || coalesce('; the same ones fail ' || k.others, '')
  end
  || '.' as sentence
from placed as m
left join alike as k on k.period_kind = m.period_kind and k.control = m.control
join controls.control as c on c.control = m.control
left join model.service as s on s.service = m.most_failed_service
order by m.period_kind, m.place
