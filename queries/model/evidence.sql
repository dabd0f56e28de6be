/*
title: Evidence
grain: one row per proof of a process step
*/
with reported as (
  select
    source, id, kind, subject, service, "at", actor, outcome, url, attributes
  from staging.files_evidence
  union all
  select
    source, id, kind, subject, service, "at", actor, outcome, url, attributes
  from staging.events_evidence
  union all
  select
    source, id, kind, subject, service, "at", actor, outcome, url, attributes
  from staging.github_evidence
  union all
  select
    source, id, kind, subject, service, "at", actor, outcome, url, attributes
  from staging.gitlab_evidence
  union all
  select
    source, id, kind, subject, service, "at", actor, outcome, url, attributes
  from staging.pagerduty_evidence
  union all
  select
    source, id, kind, subject, service, "at", actor, outcome, url, attributes
  from staging.evidence_proof
)
select source || ':' || id as evidence_id, kind, subject, service, "at" as occurred_at, actor, outcome, url, attributes
from reported
where "at" is null or "at" < getvariable('as_of')
order by evidence_id
