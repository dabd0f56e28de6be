/*
title: Releases whose pack a build writes
grain: one row per service and version
rule: none, the last of each service that went live, or all, as `publish.packs` says; what lies on a disk does not matter
*/
select l.service, l.version
from reports.latest_release as l
where getvariable('packs') = 'latest'
union
select r.service, r.version
from reports.release_scope as r
join model.service as k on k.service = r.service
where getvariable('packs') = 'all'
order by service, version
