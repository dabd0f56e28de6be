-- What people wrote in their own words, of changes, tickets, incidents, requests, releases and decisions: titles, reasons, causes, notes, first lines of commits. Names of windows and milestones are names.
with written as (
  select title as text from model.change
  union all
  select subject from model.commit
  union all
  select subject from model.wave_branch_commit
  union all
  select title from model.ticket
  union all
  select title from model.incident
  union all
  select cause from model.incident
  union all
  select text from model.incident_text
  union all
  select unnest([title, description, reason, impact, rollback_plan, test_plan]) from model.change_request
  union all
  select justification from model.change_request_approval
  union all
  select unnest(conditions) from model.change_request_approval
  union all
  select justification from model.deployment_approval
  union all
  select unnest([reason, compensating_control]) from model.exemption
  union all
  select unnest([title, notes]) from model.release
  union all
  select unnest([risk, sign]) from model.premortem_risk
  union all
  select unnest([anomalies, feedback]) from model.post_implementation_review
  union all
  select unnest(findings) from model.exemption
  union all
  select unnest(affected_items) from model.change_request
  union all
  select unnest(open_items) from model.readiness_review
  union all
  select title from model.action
  union all
  select title from model.pipeline_change
  union all
  select reason from model.moved_date
  union all
  select unnest([name, decision]) from model.experiment
  union all
  select unnest(details) from model.drift_scan
  union all
  select unnest(details) from model.configuration_comparison
  union all
  select unnest(triggers) from model.rollback_plan
  union all
  select purpose from model.booking
  union all
  select excluded_reason from model.change
  union all
  select excluded_reason from model.deployment
  union all
  select reason from model.judgement
  union all
  select reason from raw.erasure
)
select distinct trim(text) as text
from written
where trim(text) <> ''
order by text
