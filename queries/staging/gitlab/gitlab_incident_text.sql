/*
title: Descriptions of incidents of GitLab
grain: one row per source and incident
*/
select source, id, payload ->> '$.description' as description
from staging.gitlab_issue
where is_incident
order by source, id
