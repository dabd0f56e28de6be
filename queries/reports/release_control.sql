/*
title: What controls found of releases
grain: one row per service, version, control and unit that the release is judged by
description: >
  The results behind the counts of a release: of itself, of each attempt to put it into production and of the change requests that those go by. `is_outside` where the configuration leaves the unit out.
view: true
*/
select
  v.service,
  v.version,
  r.control,
  c.title,
  c.family,
  r.severity,
  r.unit_kind,
  r.unit,
  r.environment,
  r.status,
  r.is_not_due,
  r.is_outside,
  r.reason
from reports.site_release as v
join reports.release_unit as u on u.release_id = v.service || '@' || v.version
join controls.result as r on r.unit_kind = u.unit_kind and r.unit = u.unit
join controls.control as c on c.control = r.control
