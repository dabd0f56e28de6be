/*
measure: booking_contention
title: Bookings that overlap
question: How often is an environment booked twice at once?
rule: Bookings that were not cancelled, by when they begin; a hit where another of the same environment overlaps it, by at least an instant.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [booking]
connect: a calendar or file of bookings of environments would bring them
fact: booking
facts: bookings
cut: environment
*/
with booked as (
  select
    booking_id, environment, service, starts_at, ends_at,
    max(ends_at) over (partition by environment order by starts_at, booking_id rows between unbounded preceding and 1 preceding) as latest_end,
    lead(starts_at) over (partition by environment order by starts_at, booking_id) as next_start
  from model.booking
  where cancelled_at is null and ends_at > starts_at
)
select
  service,
  starts_at as occurred_at,
  null as value,
  coalesce(latest_end > starts_at, false) or coalesce(next_start < ends_at, false) as is_hit,
  booking_id as subject,
  environment as cut
from booked
order by occurred_at, subject
