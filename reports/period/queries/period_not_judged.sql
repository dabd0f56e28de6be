/*
title: Why units of the period were not judged
grain: one row per control and reason
description: Rules of the control, and scopes that configuration sets; "not due yet" is counted apart.
version: 1
*/
select control, reason, is_not_due, count(*)::bigint as units
from period_result
where status = 'not_applicable'
group by control, reason, is_not_due
order by control, units desc, reason, is_not_due
