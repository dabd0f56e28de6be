/*
control: SOD-02
title: Deployer is not the developer
question: Did somebody else than an author bring it to production, or did the pipeline wait for somebody independent?
grain: one row per production deployment
rule: >
  The human who began it wrote nothing in it; or somebody who neither wrote in it nor began it let it through a gate of the deployment. Not applicable where no human began it and somebody who wrote
  nothing in it approved it, while the policy says so
version: 1
units: [deployment]
severity: high
owner: Change management
needs:
  - { of: deployment_approval, as: supporting }
  - { of: change_request_approval, as: supporting }
  - { of: change, as: adverse }
  - { of: commit, as: adverse }
parameters:
  automated_triggers:
    default: [push, schedule, merge_group, pull_request, merge_request_event, workflow_run, pipeline, parent_pipeline]
    description: What starts a run without anybody who decides to deploy.
  automated_is_not_judged:
    default: true
    description: Whether what no human began is not applicable once somebody independent approved it. False = it needs a gate.
frameworks:
  cobit: [BAI06.01, DSS06.03]
  soc2: [CC5.1, CC8.1]
  iso_27001: ["5.3"]
  pci_dss: ["6.2.3.1", "6.5.4"]
  nist_800_53: [AC-5, CM-5, CM-5(5)]
  eu_dora_rts: [17(1)(b)]
  cfr_21_part_11: [11.10(g)]
remedy: Let somebody else start it, or put a gate before production that authors cannot open.
steps:
  - when: "Who began the deployment had written in it"
    do: "Have somebody who wrote nothing in it look at what went out, and record that; the next time let that person start it or open the gate. What happened stays a deviation."
  - when: "No human began the deployment, and nobody"
    do: "If somebody approved it or opened a gate and that is only not recorded, record it. If not, that stays a deviation: have it looked at now."
  - when: "deployment brought is not known"
    do: "Nothing can be done for the first deployment that was collected; collect further back, or set `active_from` of the service if it really was its first."
  - when: "Neither who nor what began"
    do: "Let the record of {unit} say who began it, or name its pipeline run."
  - when: "who is behind the login"
    do: "Say in the records of people whose the login is (docs: people)."
  - when: "it is not certain whether who let it through"
    do: "Say in the records of people whose the logins are (docs: people)."
*/
with begun as (
  select
    t.deployment_id,
    t.pipeline_run_id,
    t.login is null and t.pipeline_run_id is null as is_untold,
    coalesce(list_contains(getvariable('sod_02_automated_triggers'), t.trigger), false) or t.login is null or t.is_bot as is_automated,
    t.is_doubtful,
    t.person_id
  from controls.deployment_trigger as t
),
written as (
  select distinct w.deployment_id
  from controls.deployment_author as w
  join begun as b on b.deployment_id = w.deployment_id and b.person_id = w.person_id
),
written_space as (
  select distinct w.deployment_id, s.other_spaces as spaces
  from controls.deployment_author as w
  join controls.lone_person as l on l.person_id = w.person_id
  join controls.separate_space as s on s.spaces = l.spaces
),
unsure as (
  select b.deployment_id
  from begun as b
  join controls.lone_person as l on l.person_id = b.person_id
  join written_space as s on s.deployment_id = b.deployment_id and s.spaces = l.spaces
),
fact as (
  select
    d.deployment_id,
    b.is_untold,
    b.is_automated,
    b.is_doubtful or c.is_doubtful or u.deployment_id is not null as is_doubtful,
    b.is_doubtful or c.is_doubtful as is_doubtful_gate,
    w.deployment_id is not null as is_author,
    i.gatekeepers > 0 as is_gated,
    getvariable('sod_02_automated_is_not_judged') and i.others > 0 as is_approved,
    c.content,
    case when b.pipeline_run_id is null then i.evidence else list_concat([b.pipeline_run_id], i.evidence) end as evidence
  from controls.production_deployment as d
  join begun as b on b.deployment_id = d.deployment_id
  join controls.deployment_content as c on c.deployment_id = d.deployment_id
  join controls.deployment_independence as i on i.deployment_id = d.deployment_id
  left join written as w on w.deployment_id = d.deployment_id
  left join unsure as u on u.deployment_id = b.deployment_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when f.content in ('none', 'not live') then 'nothing'
    when f.content = 'unknown' or f.is_untold then 'unknown'
    when f.is_automated and f.is_approved and not f.is_gated then 'not_applicable'
    when f.is_gated then case when f.content = 'known' and not f.is_doubtful_gate then 'pass' else 'unknown' end
    when f.is_automated then 'missing'
    when f.is_author then 'fail'
    when f.content <> 'known' or f.is_doubtful then 'unknown'
    else 'pass'
  end as verdict,
  case
    when f.content = 'none' then 'The deployment brings nothing that was not there before.'
    when f.content = 'not live' then 'The deployment never went live, and who wrote what it would have brought is not known.'
    when f.content = 'unknown' then 'Which changes the deployment brought is not known: no deployment of its service is known from before.'
    when f.is_untold then 'Neither who nor what began the deployment is recorded.'
    when f.is_automated and f.is_approved and not f.is_gated
      then 'No human began the deployment, and somebody who wrote nothing in it approved it: by policy (automated_is_not_judged) that is enough.'
    when f.is_gated and (f.content <> 'known' or f.is_doubtful_gate) then 'The deployment waited at a gate, but it is not certain whether who let it through neither wrote in it nor began it.'
    when f.is_gated then 'Somebody who neither wrote in the deployment nor began it let it through a gate.'
    when f.is_automated then 'No human began the deployment, and nobody who wrote nothing in it was found who approved it or let it through a gate.'
    when f.is_author then 'Who began the deployment had written in it, and nobody else, who neither wrote in it nor began it, let it through a gate.'
    when f.content <> 'known' then 'Who wrote a change in the deployment is not known.'
    when f.is_doubtful then 'It is not certain who is behind the login of an author of the deployment, or of who began it.'
    else 'Who began the deployment wrote nothing in it.'
  end as reason,
  f.evidence,
  ['deployment_approval', 'change_request_approval'] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
join fact as f on f.deployment_id = d.deployment_id
order by unit
