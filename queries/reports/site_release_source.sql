/*
title: What sources bring of releases
grain: one row
description: Where a list of a release is empty, its page says whether any source brings such rows at all.
*/
select
  (select count(*) from model.ticket) > 0 as has_tickets,
  (select count(*) from model.change_request) > 0 as has_change_requests,
  (select count(*) from model.change_review) > 0 as has_reviews,
  (select count(*) from model.deployment_approval) + (select count(*) from model.change_request_approval) > 0 as has_approvals,
  (select count(*) from model.test_result) > 0 as has_tests,
  (select count(*) from model.incident) > 0 as has_incidents,
  (select count(*) from model.calendar_window) > 0 as has_windows
order by 1
