/*
title: Tickets of Jira
description: Issues that are neither change requests nor incidents.
grain: one row per source and id
*/
select source, id, kind, title, status, service, created_at, resolved_at, assignee, labels, url
from staging.jira_issue
where kind not in ('change_request', 'incident')
order by source, id
