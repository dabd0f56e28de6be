/*
title: Open questions about the data
grain: one row per expectation that is not met and subject, then what configuration leaves out
audience: leadership
columns:
  kind: What is wrong
  subject: What it is about
  records: Records that it touches
  effect: What it does to the figures
  remedy: What to do
*/
select kind, subject, rows as records, effect, remedy
from reports.site_issue
order by kind, subject, effect, remedy
