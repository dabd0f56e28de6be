/*
title: Risks of pre-mortems
grain: one row per risk that somebody wrote down
description: "`incidents` are those in which its owner says that it came true."
*/
select
  source || ':' || id as premortem_risk_id,
  id as native_id,
  source,
  service,
  version,
  change_request,
  risk,
  owner,
  sign,
  classification,
  coalesce(incidents, []) as incidents,
  written_at,
  url
from staging.files_premortem_risk
where written_at is null or written_at < getvariable('as_of')
order by premortem_risk_id
