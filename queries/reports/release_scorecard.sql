/*
title: Scorecards of releases
grain: one row per release and what it is scored by
rule: >
  Recovery, the longest from going live to service restored. Errors, as `practices.error_rate_change` has them, of the release's first deployment with traffic on record. User-reported, incidents with that label among those that the
  release is the accepted cause of. Support, tickets written while it was live, for at most 7 days a deployment, beside as many days before it first went live. Validation, deployments after which a probe failed among those probed.
  Rollback, whether one took it out of service. Users, the share that had it a week after it went live
version: 1
description: >
  `state` is good, bad, told (a number without a verdict), pending, too few, not live or no data; `connect` says what would bring data. `value` in `unit`; `before_value` and `after_value` are what a difference is of; `hits`
  of `n`; `during_seconds` is the time in which support tickets were counted. `sources` are those that hold such records of the service.
*/
with release as (
  select service, version, waves, failed_waves, pending_waves, unknown_waves, open_failures, accepted_incidents, first_live_at
  from reports.release_summary
),
-- Sources by service and kind of record.
incident_source as (
  select service, array_agg(distinct source order by source) as sources
  from model.incident
  where service is not null
  group by service
),
support_source as (
  select service, array_agg(distinct source order by source) as sources, min(created_at) as first_at
  from model.support_ticket
  where service is not null
  group by service
),
traffic_source as (
  select
    service,
    array_agg(distinct source order by source) as sources,
    count(*) filter (where requests is not null and errors is not null) as rated,
    count(*) filter (where version is not null and users is not null) as versioned
  from model.service_traffic
  group by service
),
deployment_source as (
  select service, array_agg(distinct source order by source) as sources
  from model.reported_deployment
  group by service
),
recovery as (
  select service, version, max(recovery_seconds) as seconds
  from reports.release_waves
  where is_failure and outcome <> 'unknown'
  group by service, version
),
errors as (
  select
    w.service, w.version, e.before_rate, e.after_rate, e.difference, e.difference_low, e.difference_high, e.after_requests, e.after_errors, e.verdict,
    row_number() over (partition by w.service, w.version order by w.live_at, w.wave_id) as choice
  from reports.release_waves as w
  join practices.error_rate_change as e on e.wave_id = w.wave_id
),
reported as (
  select l.service, l.version, count(*) as n, count(*) filter (where u.is_hit) as hits
  from (select distinct service, version, incident_id from reports.release_incidents where is_accepted) as l
  join practices.user_reported as u on u.subject = l.incident_id
  group by l.service, l.version
),
labelling as (
  select distinct i.service
  from practices.user_reported as u
  join model.incident as i on i.incident_id = u.subject
),
live as (
  select wave_id, least(coalesce(lead(live_at) over (partition by service order by live_at, wave_id), live_at + interval 7 day), live_at + interval 7 day) as until
  from model.wave
),
supported as (
  select
    w.service, w.version,
    min(w.live_at) as live_at,
    -- Deployments of one release follow one another, so their times do not overlap.
    sum(date_diff('second', w.live_at, least(l.until, getvariable('as_of')::timestamptz))) as seconds,
    bool_or(l.until > getvariable('as_of')) as is_running
  from reports.release_waves as w
  join live as l on l.wave_id = w.wave_id
  group by w.service, w.version
),
asked as (
  select w.service, w.version, count(*) as tickets
  from reports.release_waves as w
  join live as l on l.wave_id = w.wave_id
  join model.support_ticket as t on t.wave_id = w.wave_id and t.created_at < l.until
  group by w.service, w.version
),
asked_before as (
  select s.service, s.version, count(*) as tickets
  from supported as s
  join model.support_ticket as t on t.service = s.service and t.created_at < s.live_at and t.created_at >= s.live_at - to_seconds(s.seconds)
  group by s.service, s.version
),
validated as (
  select
    w.service, w.version, count(*) as n, count(*) filter (where v.outcome = 'failed') as hits,
    array_agg(distinct v.source order by v.source) as sources
  from reports.release_waves as w
  join practices.wave_validation as v on v.wave_id = w.wave_id
  group by w.service, w.version
),
undone as (
  select w.service, w.version, min(date_diff('second', w.live_at, u.live_at)) as seconds
  from reports.release_waves as w
  join model.wave as u on u.failed_wave_id = w.wave_id
  group by w.service, w.version
),
used as (
  select r.service, r.version, u.users, u.all_users, u.share, row_number() over (partition by r.service, r.version order by u.starts_at) as choice
  from release as r
  join practices.version_use as u
    on
      u.service = r.service and u.version = r.version
      and u.starts_at <= r.first_live_at + interval 7 day and u.ends_at > r.first_live_at + interval 7 day
),
scored as (
  select
    r.service, r.version, 1 as position, 'recovery' as aspect,
    case
      when r.waves = 0 then 'not live'
      when r.open_failures > 0 then 'bad'
      when r.failed_waves > 0 then 'bad'
      when r.unknown_waves > 0 then 'no data'
      when r.pending_waves > 0 then 'pending'
      else 'good'
    end as state,
    case when r.open_failures = 0 then v.seconds end::double as value, 'seconds' as unit, r.waves as n, r.failed_waves as hits,
    null::double as before_value, null::double as after_value, null::double as interval_low, null::double as interval_high,
    null::bigint as during_seconds, s.sources, 'a source of incidents that covers the service would bring it' as connect
  from release as r
  left join recovery as v on v.service = r.service and v.version = r.version
  left join incident_source as s on s.service = r.service
  union all
  select
    r.service, r.version, 2, 'error rate',
    case
      when r.waves = 0 then 'not live'
      when e.verdict is null then 'no data'
      when e.verdict = 'pending' then 'pending'
      when e.verdict = 'not enough evidence' then 'too few'
      when e.verdict = 'higher' then 'bad'
      else 'good'
    end,
    e.difference, 'ratio', e.after_requests, e.after_errors, e.before_rate, e.after_rate, e.difference_low, e.difference_high,
    null, case when s.rated > 0 then s.sources end,
    case
      when s.rated > 0 then 'monitoring has no traffic around its deployments'
      else 'a file of service_traffic, with requests and errors by hour or less, would bring it'
    end
  from release as r
  left join errors as e on e.service = r.service and e.version = r.version and e.choice = 1
  left join traffic_source as s on s.service = r.service
  union all
  select
    r.service, r.version, 3, 'user-reported incidents',
    case
      when r.waves = 0 then 'not live'
      when k.service is null or r.unknown_waves > 0 then 'no data'
      when coalesce(u.hits, 0) > 0 then 'bad'
      when r.pending_waves > 0 then 'pending'
      else 'good'
    end,
    coalesce(u.hits, 0)::double, 'incidents', r.accepted_incidents, coalesce(u.hits, 0), null, null, null, null,
    null, s.sources, 'incidents with labels, one of which says that a user reported it, would bring it'
  from release as r
  left join labelling as k on k.service = r.service
  left join reported as u on u.service = r.service and u.version = r.version
  left join incident_source as s on s.service = r.service
  union all
  select
    r.service, r.version, 4, 'support tickets',
    case
      when r.waves = 0 then 'not live'
      when s.service is null or r.first_live_at < s.first_at then 'no data'
      when p.is_running then 'pending'
      else 'told'
    end,
    coalesce(a.tickets, 0)::double, 'tickets', null, null,
    case when r.first_live_at - to_seconds(p.seconds) >= s.first_at then coalesce(b.tickets, 0) end::double, coalesce(a.tickets, 0)::double, null, null,
    p.seconds, s.sources, 'a source of tickets of kind support, or with a label that says so, would bring it'
  from release as r
  left join support_source as s on s.service = r.service
  left join supported as p on p.service = r.service and p.version = r.version
  left join asked as a on a.service = r.service and a.version = r.version
  left join asked_before as b on b.service = r.service and b.version = r.version
  union all
  select
    r.service, r.version, 5, 'validation',
    case when r.waves = 0 then 'not live' when v.n is null then 'no data' when v.hits > 0 then 'bad' else 'good' end,
    v.hits::double, 'deployments', v.n, v.hits, null, null, null, null,
    null, v.sources, 'smoke tests or health checks with their time and outcome, within an hour after it went live, would bring it'
  from release as r
  left join validated as v on v.service = r.service and v.version = r.version
  union all
  select
    r.service, r.version, 6, 'rollback',
    case when r.waves = 0 then 'not live' when u.seconds is not null then 'bad' else 'good' end,
    u.seconds::double, 'seconds', r.waves, null, null, null, null, null,
    null, s.sources, 'a source of deployments would bring it'
  from release as r
  left join undone as u on u.service = r.service and u.version = r.version
  left join deployment_source as s on s.service = r.service
  union all
  select
    r.service, r.version, 7, 'users',
    case
      when r.waves = 0 then 'not live'
      when u.share is not null then 'told'
      when s.versioned > 0 and r.first_live_at + interval 7 day > getvariable('as_of') then 'pending'
      else 'no data'
    end,
    u.share, 'ratio', u.all_users, u.users, null, null, null, null,
    null, case when s.versioned > 0 then s.sources end, 'a file of service_traffic with users by version would bring it'
  from release as r
  left join used as u on u.service = r.service and u.version = r.version and u.choice = 1
  left join traffic_source as s on s.service = r.service
)
select
  service,
  version,
  position,
  aspect,
  state,
  case when state in ('good', 'bad', 'told', 'too few', 'pending') then value end as value,
  unit,
  n::bigint as n,
  hits::bigint as hits,
  before_value,
  after_value,
  interval_low,
  interval_high,
  during_seconds::bigint as during_seconds,
  coalesce(sources, []) as sources,
  case when state = 'no data' then connect end as connect
from scored
order by service, version, position
