/*
title: What happened beside the figures
grain: one row per scope and event
audience: leadership
columns:
  scope_kind: organisation, team or service
  scope: Name of the organisation, team or service
  kind: ownership, freeze, reorganisation, tool change or other
  happened_at: When it happened or began
  ended_at: When it ended; null = one moment
  text: What happened, in words
*/
select scope_kind, scope, kind, happened_at, ended_at, text
from reports.event_beside
order by scope_kind, scope, happened_at, precedence, text, ended_at
