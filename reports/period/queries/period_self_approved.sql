/*
title: Change requests approved by who asked for them
grain: one row per change request of the period that its requester approved
rule: >
  Requester and approver are the same person, by any of their logins; an approval that was taken back does not count. No control asks this: SOD-01 and SOD-03 ask for somebody who neither wrote nor deployed what the
  request is for
description: "`others` are other people who approved it."
version: 1
*/
with asked as (
  select q.change_request_id, r.requested_by, coalesce(p.person_id, 'identity/' || r.requested_by) as person_id
  from period_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  left join model.person_login as p on p.login = r.requested_by
  where r.requested_by is not null
),
approved as (
  select a.change_request_id, coalesce(p.person_id, 'identity/' || a.approver) as person_id
  from model.change_request_approval as a
  left join model.person_login as p on p.login = a.approver
  where
    a.decision = 'approved'
    and coalesce(a.decided_at < getvariable('as_of'), true)
    and coalesce(a.withdrawn_at >= getvariable('as_of'), true)
    and a.approver is not null
),
counted as (
  select
    k.change_request_id,
    k.requested_by,
    count(*) filter (where a.person_id = k.person_id) as own,
    count(distinct a.person_id) filter (where a.person_id <> k.person_id) as others
  from asked as k
  join approved as a on a.change_request_id = k.change_request_id
  group by k.change_request_id, k.requested_by
)
select
  c.change_request_id,
  q.service,
  coalesce(s.title, q.service) as service_title,
  q.occurred_at,
  q.type,
  coalesce(w.shown_as, 'withheld') as requester,
  c.others::bigint as others,
  q.url
from counted as c
join period_request as q on q.change_request_id = c.change_request_id
left join model.service as s on s.service = q.service
left join model.actor as w on w.login = c.requested_by
where c.own > 0
order by q.occurred_at, c.change_request_id
