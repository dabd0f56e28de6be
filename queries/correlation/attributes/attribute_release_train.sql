/*
title: "Attribute of deployments: part of a release train"
grain: one row per production wave of which it is known
description: >
  Its deployment or its release names a train. A source that never names a train, of any deployment or release, does not say that there was none: unknown.
*/
with naming as (
  select source from model.reported_deployment where train is not null
  union
  select split_part(release_id, ':', 1) as source from model.release where train is not null
),
told as (
  select w.wave_id, w.train is not null as is_in_train, d.source
  from model.wave as w
  join model.reported_deployment as d on d.deployment_id = w.wave_id
  union all
  select w.wave_id, r.train is not null as is_in_train, split_part(r.release_id, ':', 1) as source
  from model.wave as w
  join model.release as r on r.service = w.service and r.version = w.version
)
select
  t.wave_id as subject,
  'release_train' as attribute,
  bool_or(t.is_in_train) as flag,
  null::varchar as category,
  null::double as number
from told as t
join naming as n on n.source = t.source
group by t.wave_id
order by subject
