/*
title: Changes that wait for production
grain: one row per service and change that is merged and in no deployment of the service yet
audience: teams
part: service
columns:
  service: Name of the service
  change_id: Identifier of the change
  number: Number of the pull request
  title: Title of the change
  author: Author, as people are published
  merged_at: When it was merged
  waiting_seconds: From the merge to as-of
  url: Page in the source
*/
select
  w.service,
  w.change_id,
  c.number::varchar as number,
  c.title,
  a.shown_as as author,
  w.merged_at,
  w.waiting_seconds,
  c.url
from metrics.waiting_change as w
join model.change as c on c.change_id = w.change_id
left join model.actor as a on a.login = c.author
order by w.service, w.merged_at, w.change_id
