/*
title: Risk patterns
grain: one row per scope and pattern with a deployment that has it and one that has not
rule: >
  Found: q at or below the false discovery rate, and the same direction within services in both halves of the history. Tested and not found: p above 0.05,
  and no relative risk that would matter within the 95 % interval. Everything else is not enough evidence. Of categories only the riskier
  are called found: where one day fails often, all others fail less than the rest, which says nothing of them
version: 1
description: >
  Association, not cause. Without an adjusted relative risk (no failure on one side) the interval as counted says whether one that matters
  is left out. `q` is what the verdict is made by; `q_as_counted` corrects Fisher's p, and Cochran and Armitage's, of the counts whatever the service.
*/
with place as (
  select h.scope_kind, h.scope, o.name as shown_scope, 'the organisation' as shown_as
  from correlation.scope_half as h
  cross join model.organisation as o
  where h.scope_kind = 'organisation'
  union all
  select h.scope_kind, h.scope, h.scope as shown_scope, coalesce(s.title, h.scope) as shown_as
  from correlation.scope_half as h
  left join model.service as s on s.service = h.scope
  where h.scope_kind = 'service'
),
edge as (
  select
    scope_kind, scope, attribute,
    max(case when quarter = quarters then lowest end) as top_from,
    max(case when quarter = quarters then highest end) as top_to,
    max(case when quarter = 1 then lowest end) as bottom_from,
    max(case when quarter = 1 then highest end) as bottom_to
  from correlation.number_quarter
  group by scope_kind, scope, attribute
),
measured as (
  select
    p.scope_kind, p.scope, p.shown_scope, p.shown_as, c.attribute, c.level, k.kind, k.title, k.words, k.unit, k.next_step,
    c.n, c.failed, c.with_n, c.with_failed, c.without_n, c.without_failed, c.with_rate, c.without_rate, c.relative_risk, c.risk_low, c.risk_high,
    c.difference, c.difference_low, c.difference_high,
    a.strata, a.relative_risk as adjusted_risk, a.risk_low as adjusted_low, a.risk_high as adjusted_high, a.first_half_risk, a.second_half_risk,
    case a.direction when 1 then 'more' when -1 then 'fewer' end as direction,
    a.direction <> 0 and a.first_half_direction = a.direction and a.second_half_direction = a.direction as holds_in_halves,
    t.is_tested, t.p, t.within_p as adjusted_p, t.halves_p, t.days_p, t.weeks_p, t.judged_p, q.q, q.q_as_counted, q.tests,
    e.top_from, e.top_to, e.bottom_from, e.bottom_to,
    coalesce(a.risk_high, c.risk_high) < getvariable('relevant_risk')
    and coalesce(nullif(a.risk_low, 0), c.risk_low) > 1 / getvariable('relevant_risk')
    and t.judged_p > 0.05 as leaves_out_relevant,
    c.with_n >= getvariable('minimum_deployments') and c.without_n >= getvariable('minimum_deployments') as has_deployments
  from correlation.pattern_count as c
  join correlation.attribute as k on k.attribute = c.attribute
  join place as p on p.scope_kind = c.scope_kind and p.scope = c.scope
  join correlation.pattern_adjusted as a
    on a.scope_kind = c.scope_kind and a.scope = c.scope and a.attribute = c.attribute and a.level = c.level
  join correlation.pattern_test as t
    on t.scope_kind = c.scope_kind and t.scope = c.scope and t.attribute = c.attribute and t.level = c.level
  left join correlation.pattern_q as q
    on q.scope_kind = c.scope_kind and q.scope = c.scope and q.attribute = c.attribute and q.level = c.level
  left join edge as e on e.scope_kind = c.scope_kind and e.scope = c.scope and e.attribute = c.attribute
  where c.with_n > 0 and c.without_n > 0
),
judged as (
  select
    scope_kind, scope, shown_scope, shown_as, attribute, level, kind, title, unit, next_step, n, failed, with_n, with_failed, without_n, without_failed,
    with_rate, without_rate, relative_risk, risk_low, risk_high, difference, difference_low, difference_high, strata, adjusted_risk, adjusted_low,
    adjusted_high, first_half_risk, second_half_risk, direction, holds_in_halves, is_tested, p, adjusted_p, halves_p, days_p, weeks_p, judged_p, q, q_as_counted, tests,
    case
      when not is_tested then 'not_enough_evidence'
      when q <= getvariable('false_discovery_rate') and kind = 'category' and direction = 'fewer' then 'not_found'
      when q <= getvariable('false_discovery_rate') and holds_in_halves then 'found'
      when q <= getvariable('false_discovery_rate') then 'not_enough_evidence'
      when leaves_out_relevant then 'not_found'
      else 'not_enough_evidence'
    end as verdict,
    case
      when not is_tested and not has_deployments
        then 'Too few to test: each group needs ' || getvariable('minimum_deployments') || ' deployments.'
      when not is_tested and strata = 0 then 'No service has both groups, so that the difference may be one between services.'
      when not is_tested
        then 'Too few failures to test: each group would need ' || getvariable('minimum_expected') || ' if it meant nothing.'
      when q <= getvariable('false_discovery_rate') and kind = 'category' and direction = 'fewer' then 'It fails less often than the rest, which holds what fails most.'
      when q <= getvariable('false_discovery_rate') and holds_in_halves
        then 'q is ' || format('{:.2g}', q) || ' over ' || tests || ' tests, and both halves of the history agree.'
      when q <= getvariable('false_discovery_rate') then 'Seen in one half of the history only.'
      when judged_p > 0.05 and p <= 0.05 and adjusted_p > 0.05 then 'The difference lies between services: within them it may be chance.'
      when leaves_out_relevant then 'A relative risk of ' || getvariable('relevant_risk') || ' or more is left out by the interval.'
      else 'It may be chance: q is ' || format('{:.2g}', q) || ' over ' || tests || ' tests.'
    end as reason,
    case kind
      when 'number' then 'Deployments ' || words
      when 'category' then 'Deployments ' || words || ' ' || case when attribute = 'hour' then replace(level, ' to ', ' and ') else level end
      else 'Deployments ' || words
    end as subject,
    format('{:,}', with_failed) || ' of ' || format('{:,}', with_n) || ' (' || format('{:.1f}', 100 * with_rate) || ' %)' as with_words,
    format('{:,}', without_failed) || ' of ' || format('{:,}', without_n) || ' (' || format('{:.1f}', 100 * without_rate) || ' %)' as without_words,
    format('{:,}', top_from::bigint) || case when top_to > top_from then ' to ' || format('{:,}', top_to::bigint) else '' end as top_words,
    format('{:,}', bottom_from::bigint) || case when bottom_to > bottom_from then ' to ' || format('{:,}', bottom_to::bigint) else '' end as bottom_words
  from measured
)
select
  scope_kind, shown_scope as scope, shown_as, attribute, level, kind, title, verdict, direction,
  subject
  || case
    when verdict <> 'found' then ': '
    when direction = 'more' then ' fail more often: '
    else ' fail less often: '
  end
  || case when kind = 'number' then 'of the highest quarter (' || top_words || ' ' || unit || ') ' else '' end
  || with_words || ' failed, '
  || case when kind = 'number' then 'of the lowest (' || bottom_words || ') ' else 'of the others ' end
  || without_words
  || case
    when adjusted_risk is null or adjusted_low is null or adjusted_high is null then ''
    else
      ', ' || format('{:.1f}', adjusted_risk) || ' times as often'
      || case when scope_kind = 'organisation' and strata > 1 then ' within the same service' else '' end
      || ' (95 % ' || format('{:.1f}', adjusted_low) || ' to ' || format('{:.1f}', adjusted_high) || ')'
  end
  || '. ' || case when verdict = 'found' then 'Association, not cause.' else reason end as sentence,
  reason,
  next_step,
  n, failed, with_n, with_failed, without_n, without_failed, with_rate, without_rate,
  relative_risk, risk_low, risk_high, difference, difference_low, difference_high,
  strata, adjusted_risk, adjusted_low, adjusted_high, first_half_risk, second_half_risk, holds_in_halves,
  is_tested, p, adjusted_p, halves_p, days_p, weeks_p, judged_p, q, q_as_counted, tests
from judged
order by scope_kind, scope, attribute, level
