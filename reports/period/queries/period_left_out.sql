/*
title: Why production deployments are left out
grain: one row per kind of reason
version: 1
*/
select kind, count(*)::bigint as deployments
from period_excluded
group by kind
order by kind
