/*
title: Units of the period that nobody can judge
grain: one row per control and unit that is unknown
version: 1
*/
select control, severity, unit_kind, unit, service, environment, occurred_at, reason, unknown_words, evidence
from period_result
where status = 'unknown'
order by control, unit_kind, unit
