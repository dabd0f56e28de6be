/*
title: Recent and upcoming deployments that carry patterns
grain: one row per production wave of the last 30 days, change request planned after as-of, or service with changes that wait, that carries a pattern found
description: Upcoming ones first, then the newest; never in order of risk.
*/
select
  row_number() over (
    order by case r.subject_kind when 'next_deployment' then 1 when 'change_request' then 2 else 3 end, r.happens_at desc, r.service, r.subject
  ) as position,
  r.subject_kind,
  r.subject,
  r.service,
  coalesce(s.title, r.service) as service_title,
  r.happens_at,
  case r.subject_kind
    when 'next_deployment' then 'what waits for the next deployment'
    when 'change_request' then 'change request ' || q.native_id
    else coalesce(w.version, left(w.sha, 10), r.subject)
  end as name,
  r.patterns,
  r.times,
  r.words,
  p.month,
  p.page
from correlation.change_risk as r
left join model.service as s on s.service = r.service
left join model.change_request as q on 'request ' || q.change_request_id = r.subject
left join model.wave as w on w.wave_id = r.subject
left join reports.site_wave_place as p on p.wave_id = r.subject
where r.patterns > 0
order by position
