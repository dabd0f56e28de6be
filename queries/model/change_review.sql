/*
title: Reviews
grain: one row per review
*/
select v.review_id, v.change_id, v.reviewer, v.state, v.submitted_at, v.sha, v.url
from model.reported_review as v
join model.change as c on c.change_id = v.change_id
order by v.review_id
