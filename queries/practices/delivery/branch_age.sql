/*
measure: branch_age
title: Branch age
question: How long does a change live on a branch before it is merged?
rule: From a change's first commit to its merge. A change that touches several services is a fact of each; one whose first commit is not known is none.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [change, commit]
connect: a source of changes with their first commits, such as GitHub, GitLab or a git repository, would bring them
fact: merged change
facts: merged changes
cut: how the service branches
*/
select
  s.service,
  c.merged_at as occurred_at,
  greatest(date_diff('second', c.first_commit_at, c.merged_at), 0) as value,
  null as is_hit,
  c.change_id as subject,
  coalesce(b.model, 'not known') as cut
from model.change as c
join model.change_service as s on s.change_id = c.change_id
left join practices.service_branching as b on b.service = s.service
where c.first_commit_at is not null and c.merged_at is not null and c.excluded_reason is null
order by occurred_at, subject, s.service
