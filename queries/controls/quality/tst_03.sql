/*
control: TST-03
title: Coverage and static-analysis thresholds met
question: Were enough lines tested, and did static analysis find nothing that blocks?
grain: one row per production deployment
rule: >
  The highest coverage of the last runs of its suites before it began is at least the threshold, and the last analysis of each tool before it began has no open finding that blocks. A threshold of 0 asks for no
  coverage, an empty list of kinds for no analysis
version: 1
units: [deployment]
severity: medium
owner: Engineering
needs:
  - { of: test_result, as: supporting }
  - { of: evidence, as: supporting }
parameters:
  coverage_percent:
    default: 70
    unit: "%"
    description: Share of lines that tests must have run.
  kinds:
    default: [static_analysis]
    description: Kinds of evidence that are a static analysis; one of each must be there.
frameworks:
  soc2: [CC8.1]
  iso_27001: ["8.28", "8.29"]
  pci_dss: ["6.2.3"]
  nist_800_53: [SA-11(1)]
  ssdf: [PW.7, PW.8]
remedy: Test what is not tested, mend what the analysis found, or ask for an exemption of the finding.
steps:
  - when: "Open findings block"
    do: "Mend the findings named, or have an exemption allowed for each before the next deployment. That they were open when {unit} went out stays a deviation."
  - when: "asked for"
    do: "Test what is not tested before the next deployment. That coverage was lower stays a deviation."
  - when: "No test coverage of"
    do: "If coverage was measured, have it collected with its commit (`coverage` of a test result). If not, measure it now; that it was not done before stays a deviation."
  - when: "No result was found for"
    do: "If the analysis ran, have its report collected with its commit. If not, run it now; that it was not done before stays a deviation."
  - when: "did not end"
    do: "Run the analysis again to its end."
*/
with measured as (
  select
    deployment_id, test_result_id, coverage,
    row_number() over (partition by deployment_id, suite, environment order by finished_at desc nulls last, test_result_id desc) as recency
  from controls.deployment_test
  where coverage is not null and is_before
),
coverage as (
  select deployment_id, max(coverage) as coverage, list_sort(list(test_result_id)) as results
  from measured
  where recency = 1
  group by deployment_id
),
asked as (
  select distinct lower(unnest(getvariable('tst_03_kinds'))) as kind
),
missing as (
  select d.deployment_id, array_to_string(list_sort(list(replace(a.kind, '_', ' '))), ', ') as kinds
  from controls.production_deployment as d
  cross join asked as a
  where not exists (select 1 from controls.deployment_scan_kind as s where s.deployment_id = d.deployment_id and s.kind = a.kind)
  group by d.deployment_id
),
analysis as (
  select
    s.deployment_id,
    bool_or(s.is_incomplete) as is_incomplete,
    list_sort(flatten(list(s.scans) filter (where s.scans is not null))) as scans,
    list_sort(list_distinct(flatten(list(s.findings) filter (where s.findings is not null)))) as findings
  from controls.deployment_scan_kind as s
  join asked as a on a.kind = s.kind
  group by s.deployment_id
),
fact as (
  select
    d.deployment_id,
    c.coverage,
    coalesce(c.coverage * 100 < getvariable('tst_03_coverage_percent'), false) as is_low,
    c.coverage is null and getvariable('tst_03_coverage_percent') > 0 as is_unmeasured,
    m.kinds as missing,
    coalesce(a.is_incomplete, false) as is_incomplete,
    coalesce(a.findings, []) as findings,
    list_concat(coalesce(c.results, []), coalesce(a.scans, [])) as evidence
  from controls.production_deployment as d
  left join coverage as c on c.deployment_id = d.deployment_id
  left join missing as m on m.deployment_id = d.deployment_id
  left join analysis as a on a.deployment_id = d.deployment_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when getvariable('tst_03_coverage_percent') = 0 and len(getvariable('tst_03_kinds')) = 0 then 'not_applicable'
    when f.is_low or len(f.findings) > 0 then 'fail'
    when f.is_unmeasured or f.missing is not null then 'missing'
    when f.is_incomplete then 'unknown'
    else 'pass'
  end as verdict,
  concat_ws(
    ' ',
    case when getvariable('tst_03_coverage_percent') = 0 and len(getvariable('tst_03_kinds')) = 0 then 'Neither coverage nor an analysis is asked for.' end,
    case
      when f.is_unmeasured then 'No test coverage of ' || coalesce('commit ' || left(d.sha, 12), 'version ' || d.version, 'what was deployed') || ', which was deployed, was found.'
      when f.coverage is not null
        then 'Tests ran ' || format('{:.1f}', floor(f.coverage * 1000) / 10) || ' % of the lines'
          || case when f.is_low then ', less than the ' || getvariable('tst_03_coverage_percent') || ' % asked for.' else '.' end
    end,
    case when f.missing is not null then 'No result was found for ' || coalesce('commit ' || left(d.sha, 12), 'version ' || d.version, 'what was deployed') || ', which was deployed, of: ' || f.missing || '.' end,
    case when len(f.findings) > 0 then 'Open findings block: ' || array_to_string(f.findings, ', ') || '.' end,
    case when f.is_incomplete then 'An analysis did not end or does not say how it ended.' end,
    case when f.missing is null and len(f.findings) = 0 and not f.is_incomplete and len(getvariable('tst_03_kinds')) > 0 then 'No finding blocks.' end
  ) as reason,
  f.evidence,
  list_concat(
    case when f.missing is not null then ['evidence'] else [] end,
    case when f.is_unmeasured then ['test_result'] else [] end
  ) as missing,
  list_concat(case when f.is_low then ['coverage'] else [] end, f.findings) as findings
from controls.production_deployment as d
join fact as f on f.deployment_id = d.deployment_id
order by unit
