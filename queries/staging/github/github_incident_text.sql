/*
title: Descriptions of incidents of GitHub
grain: one row per source and incident
*/
select r.source, i.id, r.payload ->> '$.body' as description
from staging.github_record as r
join staging.github_issue as i on i.source = r.source and i.repository = r.repository and i.id = r.repository || '#' || (r.payload ->> '$.number')
where r.stream = 'issue' and i.is_incident
order by r.source, i.id
