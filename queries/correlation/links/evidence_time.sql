/*
title: "Evidence: began soon after the deployment"
grain: one row per incident, production wave and kind of nearness
rule: >
  The strength of the kind, times what speaks for the deployment over what speaks for either: the density of a memoryless delay, of which half has passed after the
  half-life, against the weight of chance times the deployments an hour that the service has anyway. Where the incident is classified as none of a
  deployment's, a third of the threshold at most: three kinds of nearness together stay below it
version: 2
view: true
*/
with outside as (
  select incident_id, '; classified as ' || recorded || ', so that time alone says nothing' as words
  from model.incident_classification
  where is_outside
),
weighed as (
  select
    f.incident_id,
    f.wave_id,
    f.kind,
    f.service,
    f.elapsed_seconds,
    pow(0.5, f.elapsed_seconds::double / greatest(getvariable('link_half_life'), 1)) * 3600 * ln(2) / greatest(getvariable('link_half_life'), 1) as delay_density,
    getvariable('link_chance')::double * c.weighed_hourly as chance_density
  from correlation.followed_wave as f
  join correlation.service_cadence as c on c.service = f.service
)
select
  f.incident_id,
  f.wave_id,
  f.kind,
  s.strength * f.delay_density / greatest(f.delay_density + f.chance_density, 1e-12)
  * case when o.incident_id is null then 1 else getvariable('link_threshold')::double / 3 end as strength,
  'began ' || (f.elapsed_seconds // 60) || ' min after the deployment of '
  || case f.kind
    when 'same_service' then 'the same service'
    when 'upstream' then f.service || ', which the service depends on'
    else f.service || ', in one release train with the service'
  end
  || coalesce(o.words, '') as reason,
  'began '
  || case
    when f.elapsed_seconds < 5400 then (f.elapsed_seconds // 60) || ' min'
    when f.elapsed_seconds < 172800 then cast(round(f.elapsed_seconds / 3600) as integer) || ' h'
    else cast(round(f.elapsed_seconds / 86400) as integer) || ' d'
  end
  || ' after the deployment of '
  || case f.kind
    when 'same_service' then 'the same service'
    when 'upstream' then coalesce(v.title, f.service) || ', which the service depends on'
    else coalesce(v.title, f.service) || ', in one release train with the service'
  end
  || coalesce(o.words, '') as words
from weighed as f
join staging.config_link_strength as s on s.kind = f.kind
left join model.service as v on v.service = f.service
left join outside as o on o.incident_id = f.incident_id
