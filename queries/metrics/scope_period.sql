/*
title: Periods of scopes
grain: one row per scope and period in which at least one of its services was known
rule: days from a service's first known deployment, or active_from (then after what was disposed of and is in no archive here), to its retirement, or a deployment after it, or as-of; partial edge periods are marked (design 3)
description: >
  `days` are calendar days of the organisation's time zone that the scope's span touches within the period; of a rolling window, which
  begins at any time of day, the started spans of 24 hours.
*/
with service_span as (
  select
    s.service,
    least(
      min(w.live_at),
      case when s.active_from is not null then greatest(s.active_from, coalesce(g.newest_at, s.active_from)) end
    ) as known_from,
    greatest(
      least(s.retired_at, getvariable('as_of')::timestamptz),
      max(w.completed_at) + interval 1 microsecond
    ) as known_until
  from model.service as s
  left join model.wave as w on w.service = s.service
  cross join (select max(newest_at) as newest_at from staging.gone) as g
  group by s.service, s.active_from, s.retired_at, g.newest_at
),
member_span as (
  select
    m.scope_kind,
    m.scope,
    greatest(m.member_from, s.known_from) as span_from,
    least(m.member_until, s.known_until) as span_until
  from metrics.scope_member as m
  join service_span as s on s.service = m.service
  where s.known_from is not null
),
scope_span as (
  select scope_kind, scope, min(span_from) as span_from, max(span_until) as span_until
  from member_span
  where span_from < span_until
  group by scope_kind, scope
),
clipped as (
  select
    s.scope_kind,
    s.scope,
    p.period_kind,
    p.period_start,
    p.period_end,
    p.previous_start,
    p.period_label,
    greatest(s.span_from, p.period_start) as span_from,
    least(s.span_until, p.period_end) as span_until
  from scope_span as s
  join metrics.period as p on p.period_start < s.span_until and p.period_end > s.span_from
)
select
  scope_kind,
  scope,
  period_kind,
  period_start,
  period_end,
  previous_start,
  period_label,
  span_from,
  span_until,
  case
    when period_kind = 'rolling' then ceil(date_diff('second', span_from, span_until) / 86400.0)
    else
      date_diff(
        'day',
        timezone(getvariable('time_zone'), span_from)::date,
        timezone(getvariable('time_zone'), span_until - interval 1 microsecond)::date
      )
      + 1
  end::bigint as days,
  case
    when period_kind = 'all' then false
    else span_until < period_end or timezone(getvariable('time_zone'), span_from)::date > timezone(getvariable('time_zone'), period_start)::date
  end as is_partial
from clipped
order by scope_kind, scope, period_kind, period_start
