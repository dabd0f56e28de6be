/*
measure: change_size
title: Size of a change
question: How large are the changes that are merged?
rule: Lines added and deleted by a merged change, where its source says both. Generated and copied lines count as the source counts them.
version: 1
unit: lines
statistic: median
better: lower
made_from: [change]
connect: a source of changes that counts lines, such as GitHub, GitLab or a git repository, would bring them
fact: merged change
facts: merged changes
cut: how the service branches
*/
select
  s.service,
  c.merged_at as occurred_at,
  c.additions + c.deletions as value,
  null as is_hit,
  c.change_id as subject,
  coalesce(b.model, 'not known') as cut
from model.change as c
join model.change_service as s on s.change_id = c.change_id
left join practices.service_branching as b on b.service = s.service
where c.merged_at is not null and c.excluded_reason is null
order by occurred_at, subject, s.service
