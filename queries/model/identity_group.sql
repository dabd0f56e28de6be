/*
title: Logins and addresses that are linked, directly or through others
grain: one row per key that has a link
description: >
  A group is called by the least of its keys. Each round takes over the label of what is linked, and the label of the label, so that the rounds grow with the logarithm of
  a chain's length and not with the length.
*/
with recursive edge as (
  select distinct key, other
  from model.identity_link
),
member(key, label) using key (key) as (
  select key, least(key, min(other)) as label
  from edge
  group by key
  union
  select offered.key, offered.label
  from (
    select key, min(label) as label
    from (
      select e.key, m.label
      from member as m
      join edge as e on e.other = m.key
      union all
      select k.key, l.label
      from recurring.member as k
      join recurring.member as l on l.key = k.label
    )
    group by key
  ) as offered
  join recurring.member as known on known.key = offered.key
  where offered.label < known.label
)
select key, label as group_key
from member
order by key
