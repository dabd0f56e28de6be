/*
title: Emergency changes
grain: one row per change request of type emergency
audience: leadership
columns:
  change_request_id: Identifier of the change request
  service: Service that it is for
  occurred_at: When it was filed
  deployments: Production deployments that go by it
  genuine_status: What EMG-01 says of it; null where that control is switched off
  review_status: What EMG-02 says of it; null where that control is switched off
  is_review_not_due: True while there is time for the review
*/
select change_request_id, service, occurred_at, deployments, genuine_status, review_status, is_review_not_due
from reports.site_emergency
order by position
