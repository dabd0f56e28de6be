/*
title: Retention policies
grain: one row per policy, from files and from `retention` of the configuration
description: >
  How long records of a class are kept: `keep_for` counts what `keep_unit` says. A null in system or service = whichever. Days begin in the organisation's time zone; null = without bound.
*/
select
  source || ':' || id as retention_policy_id,
  id as native_id,
  source,
  record_class,
  keep_for,
  keep_unit,
  system,
  service,
  basis,
  owner,
  approver,
  timezone(getvariable('time_zone'), valid_from::timestamp) as valid_from,
  timezone(getvariable('time_zone'), valid_until::timestamp) as valid_until,
  url
from staging.files_retention_policy
union all
select
  'quarterdeck.yaml:' || id as retention_policy_id,
  id as native_id,
  'quarterdeck.yaml' as source,
  record_class,
  keep_for,
  keep_unit,
  system,
  null as service,
  basis,
  null as owner,
  null as approver,
  null as valid_from,
  null as valid_until,
  null as url
from staging.config_retention_policy
order by retention_policy_id
