/*
title: Changes of releases
grain: one row per release and change that its deployment was the first to bring to production
description: >
  `review` says what the collected reviews show; a review of one's own change is no review. An approval counts when it
  was given before the merge. Where no review of the repository was collected at all, nothing is said.
*/
with review as (
  select
    c.change_id,
    count(*) as reviews,
    count(*) filter (where v.state = 'approved' and v.submitted_at <= c.merged_at) as approvals,
    count(*) filter (where v.state = 'approved' and v.submitted_at > c.merged_at) as late_approvals,
    max(v.submitted_at) filter (where v.state = 'approved') as last_approved_at,
    string_agg(distinct coalesce(a.shown_as, 'withheld'), ', ' order by coalesce(a.shown_as, 'withheld'))
      filter (where v.state = 'approved') as approvers
  from model.change as c
  join model.change_review as v on v.change_id = c.change_id
  left join model.actor as a on a.login = v.reviewer
  group by c.change_id
),
reviewed_repository as (
  select distinct c.repository
  from model.change as c
  join model.change_review as v on v.change_id = c.change_id
)
select
  w.service,
  w.version,
  c.change_id,
  c.native_id,
  c.number,
  c.title,
  c.kind,
  case when c.author is null then 'not recorded' else coalesce(a.shown_as, 'withheld') end as author,
  c.merged_at,
  c.merge_sha,
  c.additions,
  c.deletions,
  c.files_changed,
  c.commit_count,
  c.tickets,
  c.labels,
  case
    when v.approvals > 0 then 'approved'
    when v.late_approvals > 0 then 'approved after merge'
    when v.reviews > 0 then 'reviewed, not approved'
    when c.approved_at <= c.merged_at then 'approved, reviewer not recorded'
    when p.repository is null then 'not collected'
    when c.kind = 'commit' then 'no pull request known'
    else 'no review by somebody else'
  end as review,
  coalesce(v.change_id is not null or c.approved_at <= c.merged_at or p.repository is not null, false) as has_review_source,
  coalesce(v.approvals > 0 or c.approved_at <= c.merged_at and v.change_id is null, false) as is_approved,
  v.approvers,
  coalesce(v.approvals, 0) as approvals,
  coalesce(v.late_approvals, 0) as late_approvals,
  v.last_approved_at,
  w.wave_id,
  s.is_before_history,
  c.source,
  c.url,
  c.excluded_reason
from reports.release_waves as w
join model.wave_change as s on s.wave_id = w.wave_id and s.service = w.service
join model.change as c on c.change_id = s.change_id
left join review as v on v.change_id = c.change_id
left join reviewed_repository as p on p.repository = c.repository
left join model.actor as a on a.login = c.author
order by w.service, w.version, c.merged_at, c.change_id
