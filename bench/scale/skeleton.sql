/*
title: Who deploys what, and when
description: >
  The outline of a made-up company of three years, from which its records are written. Few services are hot and the tail is long (weight 1 / (rank + 20)); a quarter of them begin later; a third release once a week,
  on Thursdays; work is done on weekdays between 7 and 17 o'clock. One service in twenty, the hottest, goes to two regions, all go through staging. Of hashes of numbers, so that two runs are alike.
*/
create or replace temp table service as
with weighted as (
  select i as rank, 1.0 / (i + 20) as weight
  from range(getvariable('services')) as t(i)
),
shared as (
  select
    rank,
    coalesce(sum(weight) over (order by rank rows between unbounded preceding and 1 preceding), 0) / sum(weight) over () as since,
    sum(weight) over (order by rank) / sum(weight) over () as until
  from weighted
),
counted as (
  select
    rank,
    's' || ((rank * 7919) % getvariable('services')) as service,
    round(until * getvariable('changes'))::bigint - round(since * getvariable('changes'))::bigint as changes,
    round(until * getvariable('deployments'))::bigint - round(since * getvariable('deployments'))::bigint as deployments,
    round(until * getvariable('tickets'))::bigint - round(since * getvariable('tickets'))::bigint as tickets,
    round(since * getvariable('changes'))::bigint as changes_before,
    round(since * getvariable('tickets'))::bigint as tickets_before,
    case when rank % 4 = 3 then (hash(rank, 'begins') % 60)::double / 100 else 0 end as begins,
    rank % 3 = 1 and rank >= getvariable('services') // 10 as is_weekly,
    rank % 5 = 0 as is_regulated,
    case when rank < getvariable('services') // 20 then 3 else 2 end as steps
  from shared
)
select *, greatest((deployments + steps - 1) // steps, 1) as releases
from counted
order by rank;

-- The second of a moment in the working time of three years: 782 days of ten hours.
create or replace temp macro worked(second) as 1672617600 + ((second // 36000) // 5 * 7 + (second // 36000) % 5) * 86400 + 25200 + second % 36000;
create or replace temp macro said_at(second) as strftime(make_timestamp(second * 1000000), '%Y-%m-%dT%H:%M:%SZ');
create or replace temp macro sha_of(rank, place) as printf('%08x%032x', rank, place);
create or replace temp macro chance(a, b, salt, outcomes) as (hash(a, b, salt) % outcomes)::bigint;
create or replace temp macro person(a, b, salt) as 'dev' || (hash(a, b, salt) % greatest(getvariable('services') * 4, 40));

create or replace temp table change as
select
  rank,
  service,
  is_regulated,
  place,
  tickets_before + place * tickets // changes as ticket,
  worked(((begins + (1 - begins) * (place + chance(rank, place, 'c', 900) / 1000) / changes) * 28100000)::bigint) as merged
from (select *, unnest(range(changes)) as place from service);

-- The first commit that a release has not is merged after it; each has all that were merged by then.
create or replace temp table deployment as
with step as (
  select *, unnest(range(deployments)) as number
  from service
),
release as (
  select
    *,
    number // steps as release,
    number % steps as step,
    greatest((number // steps) * changes // releases - 1, 0) as place,
    greatest((number // steps - 2) * changes // releases - 1, 0) as place_before,
    chance(rank, number // steps, 'outcome', 1000) as outcome,
    ((begins + (1 - begins) * (number // steps + chance(rank, number // steps, 'r', 90) / 100) / releases) * 28100000 * case when is_weekly then 0.98 else 0.999 end)::bigint as second
  from step
),
timed as (
  select *, case when is_weekly then (second // 180000 + 1) * 180000 + 3 * 36000 + 3000 + second % 180000 // 12 else second end as due
  from release
)
select
  rank,
  service,
  is_regulated,
  release,
  number,
  case when step = 0 then 'staging' when steps = 2 then 'production' when step = 1 then 'production-eu' else 'production-us' end as environment,
  case when step > 0 and outcome between 10 and 39 then place_before else place end as place,
  case when step > 0 and outcome < 10 then 'failure' else 'success' end as status,
  worked(due + case step when 0 then 600 when 1 then 9000 else 10200 end) as started,
  worked(due + case step when 0 then 600 when 1 then 9000 else 10200 end) + 120 + chance(rank, number, 'duration', 600) as finished
from timed;

create or replace temp table incident as
with live as (
  select *, row_number() over (order by rank, number) - 1 as place_in_all, count(*) over () as lives
  from deployment
  where environment in ('production', 'production-eu') and status = 'success'
)
select
  rank,
  service,
  number,
  release,
  row_number() over (order by rank, number) as incident,
  finished + (power(chance(rank, number, 'i', 1000) / 1000.0, 3) * 250000)::bigint as started
from live
where (place_in_all + 1) * getvariable('incidents') // lives > place_in_all * getvariable('incidents') // lives;
