/*
title: "Attribute of deployments: review depth"
grain: one row per production wave of which it is known
description: >
  Of the changes that it first shipped, the one that fewest people reviewed counts: how many, its author aside. Known in repositories of which
  reviews are collected. A change that only has the time of a review had one reviewer at least.
*/
with reviewed_repository as (
  select distinct c.repository
  from model.change_review as v
  join model.change as c on c.change_id = v.change_id
),
author as (
  select c.change_id, coalesce(k.person, c.author) as person
  from model.change as c
  left join correlation.known_login as k on k.login = c.author
),
reviewer as (
  select v.change_id, count(distinct coalesce(k.person, v.reviewer)) as reviewers
  from model.change_review as v
  left join correlation.known_login as k on k.login = v.reviewer
  join author as a on a.change_id = v.change_id
  where coalesce(k.person, v.reviewer) is distinct from a.person
  group by v.change_id
),
depth as (
  select
    c.change_id,
    greatest(coalesce(v.reviewers, 0), case when v.reviewers is null and c.first_review_at is not null and n.change_id is null then 1 else 0 end) as reviewers
  from model.change as c
  join reviewed_repository as r on r.repository = c.repository
  left join reviewer as v on v.change_id = c.change_id
  left join (select distinct change_id from model.change_review) as n on n.change_id = c.change_id
)
select
  s.subject,
  'review_depth' as attribute,
  null::boolean as flag,
  null::varchar as category,
  min(d.reviewers)::double as number
from correlation.carried_change as s
left join depth as d on d.change_id = s.change_id
group by s.subject
having count(*) = count(d.change_id)
order by s.subject
