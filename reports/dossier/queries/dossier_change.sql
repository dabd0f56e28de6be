/*
title: Changes in dossiers
grain: one row per dossier and change that its deployments were the first to bring to production
version: 1
*/
select distinct
  a.unit,
  c.change_id,
  c.number::varchar as number,
  c.title,
  case when c.author is null then 'not recorded' else coalesce(w.shown_as, 'withheld') end as author,
  case when c.merged_by is null then 'not recorded' else coalesce(m.shown_as, 'withheld') end as merged_by,
  c.merged_at,
  c.merge_sha,
  c.additions,
  c.deletions,
  c.files_changed,
  c.tickets,
  c.url
from dossier_attempt as a
join controls.deployment_change as d on d.deployment_id = a.deployment_id
join model.change as c on c.change_id = d.change_id
left join model.actor as w on w.login = c.author
left join model.actor as m on m.login = c.merged_by
order by a.unit, c.merged_at, c.change_id
