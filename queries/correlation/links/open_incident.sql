/*
title: When incidents were open
grain: one row per incident that names a service
description: Until mitigation, else resolution; an open one until as-of.
*/
select incident_id, service, started_at, coalesce(mitigated_at, resolved_at, getvariable('as_of')) as open_until
from model.incident
where service is not null
order by incident_id
