/*
title: What does not reconcile
grain: one row per deployment or change request of the period that does not lead to its counterpart, or of which nobody can tell
version: 1
*/
select r.control, r.status, r.unit_kind, r.unit, r.service, coalesce(s.title, r.service) as service_title, r.occurred_at, r.reason
from controls.result as r
left join model.service as s on s.service = r.service
where
  r.control in ('POP-01', 'POP-02')
  and r.status in ('fail', 'unknown', 'exempt')
  and r.occurred_at >= getvariable('period_from')
  and r.occurred_at < getvariable('period_until')
  and (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), r.service), false))
order by r.control, r.status desc, r.occurred_at, r.unit
