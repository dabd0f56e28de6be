/*
title: Judgements
grain: one row per decision that people recorded
audience: audit
description: Where a person's word changes, or explains, what the figures say. Missing names and days stay missing.
columns:
  kind: exclusion, local rule, completeness, exemption or other
  what: What was decided
  reason: Why
  decided_by: Who decided, as recorded; null = not recorded, or withheld because people are not published by name
  decided_on: Day of the decision, as recorded
*/
select kind, what, reason, decided_by, decided_at as decided_on
from reports.site_judgement
order by position
