/*
title: Units of the period that are exempt
grain: one row per control and unit that would fail and is exempt
version: 1
*/
select control, severity, unit_kind, unit, service, environment, occurred_at, exemptions, reason
from period_result
where status = 'exempt'
order by control, occurred_at, unit_kind, unit
