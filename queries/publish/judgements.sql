/*
title: Judgements
grain: one row per decision that people recorded
audience: audit
description: Where a person's word changes, or explains, what the figures say. Missing names and days stay missing.
columns:
  kind: exclusion, local rule, completeness, exemption or other
  what: What was decided
  reason: Why
  decided_by: Who decided, as recorded
  decided_on: Day of the decision, as recorded
*/
select kind, what, reason, decided_by, decided_at as decided_on
from model.judgement
order by position
