/*
control: TST-04
title: No known blocking vulnerability or secret shipped
question: Was what was deployed scanned for vulnerabilities and secrets beforehand, with nothing open that blocks, and did its secrets come from a vault?
grain: one row per production deployment
rule: >
  Evidence of each kind asked for is there of the deployed digest, commit or version, not known to be later than the beginning, and the last of each tool has no open finding that blocks.
  The outcome of a scan that a registry gives with the artifact is a security scan
version: 1
units: [deployment]
severity: high
owner: Security
needs:
  - { of: evidence, as: supporting }
  - { of: artifact, as: supporting }
parameters:
  kinds:
    default: [security_scan, secret_scan, vault_reference]
    description: Kinds of evidence of which one each must be there.
frameworks:
  soc2: [CC7.1]
  iso_27001: ["5.17", "8.8", "8.28"]
  pci_dss: ["6.3.2", "6.3.3", "8.6.2"]
  nist_800_53: [IA-5(7), RA-5, SI-2, SR-3]
  gdpr: [32(1)]
  eu_dora_rts: ["10"]
  ssdf: [PW.4, RV.1]
remedy: Mend what is open or ask for an exemption of the finding before it is deployed; put secrets in a vault and replace those that were found.
steps:
  - when: "Open findings block"
    do: "Mend the findings named, or have an exemption allowed for each before the next deployment; replace a secret that was found at once. That they were open when {unit} went out stays a deviation."
  - when: "nothing was found from before"
    do: "If it was scanned, have the report collected with the commit, the version or the digest. If not, scan what is deployed now; that it was not done before stays a deviation."
  - when: "did not end"
    do: "Run the scan again to its end."
*/
with asked as (
  select distinct lower(unnest(getvariable('tst_04_kinds'))) as kind
),
scanned as (
  select
    d.deployment_id,
    array_to_string(list_sort(list(replace(a.kind, '_', ' ')) filter (where s.deployment_id is null)), ', ') as missing,
    array_to_string(list_sort(list(replace(a.kind, '_', ' ')) filter (where s.is_incomplete)), ', ') as incomplete,
    list_sort(flatten(list(s.scans) filter (where s.scans is not null))) as scans,
    list_sort(list_distinct(flatten(list(s.findings) filter (where s.findings is not null)))) as findings
  from controls.production_deployment as d
  cross join asked as a
  left join controls.deployment_scan_kind as s on s.deployment_id = d.deployment_id and s.kind = a.kind
  group by d.deployment_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when s.deployment_id is null then 'not_applicable'
    when len(s.findings) > 0 then 'fail'
    when s.missing is not null then 'missing'
    when s.incomplete is not null then 'unknown'
    else 'pass'
  end as verdict,
  case
    when s.deployment_id is null then 'No kind of scan is asked for.'
    when coalesce(len(s.findings), 0) = 0 and s.missing is null and s.incomplete is null then 'Nothing that blocks was open before the deployment began: '
      || replace(array_to_string(list_sort(list_distinct(getvariable('tst_04_kinds'))), ', '), '_', ' ') || '.'
    else concat_ws(
      ' ',
      case when len(s.findings) > 0 then 'Open findings block: ' || array_to_string(s.findings, ', ') || '.' end,
      'For ' || coalesce('commit ' || left(d.sha, 12), 'version ' || d.version, 'what was deployed') || ', which was deployed, nothing was found from before the deployment began of: ' || s.missing || '.',
      'This did not end or does not say how it ended: ' || s.incomplete || '.'
    )
  end as reason,
  coalesce(s.scans, []) as evidence,
  ['evidence'] as missing,
  coalesce(s.findings, []) as findings
from controls.production_deployment as d
left join scanned as s on s.deployment_id = d.deployment_id
order by unit
