/*
title: Logins and addresses that are linked, directly or through others
grain: one row per key that has a link
description: >
  A group is called by the least of its keys. In each round everything takes the least of its neighbours for its place, and what took the same place becomes
  one: about half is left each time, so that the rounds grow with the logarithm of the longest chain. Least is by digest, since a chain in the order of
  its keys would lose one of them a round.
*/
with recursive edge as (
  select distinct md5(key) as place, md5(other) as beside
  from model.identity_link
),
contraction(round, place, next_place, next_beside) as (
  select
    0 as round,
    place,
    least(place, min(beside) over (partition by place)) as next_place,
    least(beside, min(place) over (partition by beside)) as next_beside
  from edge
  union all
  select
    round + 1 as round,
    place,
    least(place, min(beside) over (partition by place)) as next_place,
    least(beside, min(place) over (partition by beside)) as next_beside
  from (
    select distinct round, next_place as place, next_beside as beside
    from contraction
    where next_place <> next_beside
  )
),
taken as (
  select distinct round, place, next_place
  from contraction
),
walk(key, round, place) as (
  select distinct key, 0 as round, md5(key) as place
  from model.identity_link
  union all
  select w.key, w.round + 1 as round, t.next_place as place
  from walk as w
  join taken as t on t.round = w.round and t.place = w.place
),
last as (
  select key, arg_max(place, round) as place
  from walk
  group by key
)
select key, min(key) over (partition by place) as group_key
from last
order by key
