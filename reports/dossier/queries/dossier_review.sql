/*
title: Reviews in dossiers
grain: one row per dossier, change and review of it
description: "`timing` compares the review with the merge."
version: 1
*/
select
  c.unit,
  c.change_id,
  c.number,
  r.review_id,
  case when r.reviewer is null then 'not recorded' else coalesce(w.shown_as, 'withheld') end as reviewer,
  r.reviewer = m.author as is_by_author,
  r.state,
  r.submitted_at,
  case
    when r.submitted_at is null or c.merged_at is null then 'time not recorded'
    when r.submitted_at <= c.merged_at then 'before the merge'
    else 'after the merge'
  end as timing,
  r.url
from dossier_change as c
join model.change as m on m.change_id = c.change_id
join model.change_review as r on r.change_id = c.change_id
left join model.actor as w on w.login = r.reviewer
order by c.unit, c.merged_at, c.change_id, r.submitted_at nulls last, r.review_id
