/*
title: Evidence
grain: one row per proof of a process step
*/
select source || ':' || id as evidence_id, kind, subject, service, "at" as occurred_at, actor, outcome, url, attributes
from staging.files_evidence
where "at" is null or "at" < getvariable('as_of')
order by evidence_id
