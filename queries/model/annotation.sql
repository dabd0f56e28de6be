/*
title: Annotations
grain: one row per annotation of the configuration
description: What people say happened beside the figures. Days are cut in the organisation's time zone; without an end it is one moment, the first of its day.
*/
select
  kind,
  text,
  team,
  service,
  timezone(getvariable('time_zone'), first_day::timestamp) as starts_at,
  timezone(getvariable('time_zone'), end_day::timestamp) as ends_at
from staging.config_annotation
order by starts_at, ends_at, kind, text, team, service
