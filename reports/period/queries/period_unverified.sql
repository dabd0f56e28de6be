/*
title: Clauses that are left out until they are verified
grain: one row per framework
version: 1
*/
select
  f.framework,
  f.short,
  f.title,
  f.edition,
  f.publisher,
  (count(*) filter (where c.is_verified))::bigint as verified,
  (count(*) filter (where not c.is_verified))::bigint as unverified
from controls.framework as f
join controls.framework_clause as c on c.framework = f.framework
where getvariable('period_framework') = '' or f.framework = getvariable('period_framework')
group by f.framework, f.short, f.title, f.edition, f.publisher
order by f.framework
