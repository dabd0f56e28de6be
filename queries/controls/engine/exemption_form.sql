/*
title: Whether exemptions hold as they are written
grain: one row per exemption
rule: >
  It says what it is for, why, and what is done instead; somebody other than who asked allowed it before it began; it begins and ends, no longer than the policy allows,
  and is no broader than the policy allows
description: >
  `problems` is empty where it holds. A problem makes it void: nothing is exempt by it. `breadth` is what it is for: everything, an environment, a team, a service, else a unit.
version: 2
*/
with known as (
  select
    e.*,
    case
      when nullif(trim(e.scope), '') is null then 'everything'
      when s.service is not null then 'service'
      when n.environment is not null then 'environment'
      when t.team is not null then 'team'
      else 'unit'
    end as breadth,
    coalesce(a.person_id, 'identity/' || lower(trim(e.approver))) as approver_id,
    coalesce(r.person_id, 'identity/' || lower(trim(e.requested_by))) as requester_id
  from model.exemption as e
  left join model.service as s on s.service = e.scope
  left join model.environment as n on n.environment = e.scope
  left join (select distinct team from model.ownership) as t on t.team = e.scope
  left join model.person_login as a on a.login = e.approver
  left join model.person_login as r on r.login = e.requested_by
)
select
  exemption_id,
  breadth,
  list_filter(
    [
      case
        when not list_contains(getvariable('exc_01_scopes'), breadth)
          then 'it is for ' || case breadth when 'everything' then breadth when 'unit' then 'a single unit' when 'environment' then 'an environment' else 'a ' || breadth end
            || ', which is broader than an exemption may be'
      end,
      case when nullif(trim(reason), '') is null then 'it gives no reason' end,
      case when nullif(trim(compensating_control), '') is null then 'it does not say what is done instead' end,
      case when nullif(trim(approver), '') is null then 'nobody allowed it' end,
      case when nullif(trim(requested_by), '') is null then 'it does not say who asked for it' end,
      case when approver_id = requester_id then 'who asked for it allowed it' end,
      case when valid_from is null then 'it has no beginning' end,
      case when valid_until is null then 'it has no end' end,
      case when valid_until <= valid_from then 'it ends before it begins' end,
      case
        when date_diff('second', valid_from, valid_until) > getvariable('exc_01_longest_days') * 86400
          then 'it holds for ' || ceil(date_diff('second', valid_from, valid_until) / 86400)::bigint || ' days, more than the ' || getvariable('exc_01_longest_days') || ' allowed'
      end,
      case when approved_at > valid_from then 'it was allowed after it began' end
    ],
    lambda problem: problem is not null
  ) as problems
from known
order by exemption_id
