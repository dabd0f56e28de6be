/*
title: Templates of standard changes
grain: one row per template
description: >
  Changes that were approved beforehand, while the template holds. Days begin in the organisation's time zone; null = without bound.
*/
select
  source || ':' || id as change_template_id,
  id as native_id,
  source,
  title,
  service,
  approver,
  approved_at,
  timezone(getvariable('time_zone'), valid_from::timestamp) as valid_from,
  timezone(getvariable('time_zone'), valid_until::timestamp) as valid_until,
  url
from staging.files_change_template
where approved_at is null or approved_at < getvariable('as_of')
order by change_template_id
