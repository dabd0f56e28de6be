/*
title: Pre-mortems of a quarter's releases
grain: one row per team and quarter in which releases with a pre-mortem went live
description: Risks that were foreseen, by what became of them, and incidents of these releases that no risk names.
*/
select
  r.team,
  r.quarter,
  count(distinct p.service || '@' || p.version) as releases,
  count(*) filter (where p.state <> 'not foreseen') as risks,
  count(*) filter (where p.state = 'came true') as came_true,
  count(*) filter (where p.state = 'may have come true') as may_have_come_true,
  count(*) filter (where p.state = 'not foreseen') as not_foreseen
from reports.retrospective_quarter as r
join reports.release_premortem as p on p.live_at >= r.period_start and p.live_at < r.period_end
join metrics.scope_member as m
  on
    m.scope_kind = 'team' and m.scope = r.team and m.service = p.service
    and p.live_at >= m.member_from and p.live_at < m.member_until
group by r.team, r.quarter
order by r.team, r.quarter
