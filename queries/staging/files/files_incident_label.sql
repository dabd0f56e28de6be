/*
title: Labels of incidents from files
grain: one row per source and incident
*/
select source, id, coalesce(labels, []) as labels
from staging.files_incident
order by source, id
