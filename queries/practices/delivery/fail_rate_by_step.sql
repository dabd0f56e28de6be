/*
measure: fail_rate_by_step
title: Fail rate by step of version
question: Do major releases fail more often than patches?
rule: >
  Releases by their first production deployment, where its outcome is known, and by the part of the version that they raise; a hit where it is a change failure, as in change fail rate.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [deployment, incident]
connect: deployments with a version, and a source of incidents, would bring them
fact: release
facts: releases
cut: part of the version
*/
select
  r.service,
  o.filed_at as occurred_at,
  null as value,
  o.is_failure as is_hit,
  r.release_id as subject,
  s.name as cut
from controls.release_step as s
join controls.production_release as r on r.release_id = s.release_id
join metrics.wave_outcome as o on o.wave_id = r.wave_id
where o.outcome = 'known'
order by occurred_at, subject
