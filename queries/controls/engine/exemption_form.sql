/*
title: Whether exemptions hold as they are written
grain: one row per exemption
rule: >
  It says what it is for, why, and what is done instead; somebody other than who asked allowed it before it began; it begins and ends, no longer than the policy allows,
  and is for a unit, a service or an environment
description: "`problems` is empty where it holds. A problem makes it void: nothing is exempt by it."
version: 1
*/
with known as (
  select
    e.*,
    coalesce(a.person_id, 'identity/' || lower(e.approver)) as approver_id,
    coalesce(r.person_id, 'identity/' || lower(e.requested_by)) as requester_id
  from model.exemption as e
  left join model.person_login as a on a.login = e.approver
  left join model.person_login as r on r.login = e.requested_by
)
select
  exemption_id,
  list_filter(
    [
      case when scope is null then 'it is for everything, which is broader than an exemption may be' end,
      case when reason is null then 'it gives no reason' end,
      case when compensating_control is null then 'it does not say what is done instead' end,
      case when approver is null then 'nobody allowed it' end,
      case when requested_by is null then 'it does not say who asked for it' end,
      case when approver_id = requester_id then 'who asked for it allowed it' end,
      case when valid_from is null then 'it has no beginning' end,
      case when valid_until is null then 'it has no end' end,
      case when valid_until <= valid_from then 'it ends before it begins' end,
      case
        when date_diff('day', valid_from, valid_until) > getvariable('exc_01_longest_days')
          then 'it holds for ' || date_diff('day', valid_from, valid_until) || ' days, more than the ' || getvariable('exc_01_longest_days') || ' allowed'
      end,
      case when approved_at > valid_from then 'it was allowed after it began' end
    ],
    lambda problem: problem is not null
  ) as problems
from known
order by exemption_id
