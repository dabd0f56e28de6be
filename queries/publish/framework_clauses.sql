/*
title: Clauses that controls give evidence for
grain: one row per framework, clause and control
audience: leadership
description: Evidence that supports, never proof of compliance. Titles are in our own words.
columns:
  framework: Key of the standard or law
  clause: Clause, as its text numbers it
  title: What it asks for, in our own words
  is_verified: True where the clause was compared with its text
  control: Control that gives evidence for it; null where none does
*/
select framework, clause, title, is_verified, control
from reports.site_framework_clause
order by framework, position, control
