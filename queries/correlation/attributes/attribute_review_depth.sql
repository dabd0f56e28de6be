/*
title: "Attribute of deployments: review depth"
grain: one row per production wave of which it is known
description: >
  Of the changes that it first shipped, the one that fewest people reviewed counts: how many, its author aside, one behind several logins counted once. Known in repositories of which
  reviews are collected. A change that only has the time of a review had one reviewer at least.
*/
with reviewed_repository as (
  select distinct c.repository
  from model.change_review as v
  join model.change as c on c.change_id = v.change_id
),
reviewer as (
  select v.change_id, count(distinct a.person_id) as reviewers
  from model.change_review as v
  left join model.actor as a on a.login = v.reviewer
  group by v.change_id
),
depth as (
  select c.change_id, coalesce(v.reviewers, case when c.first_review_at is not null then 1 else 0 end) as reviewers
  from model.change as c
  join reviewed_repository as r on r.repository = c.repository
  left join reviewer as v on v.change_id = c.change_id
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
