/*
title: Patterns that recent and upcoming deployments carry
grain: one row per production deployment of the last 30 days, change request planned after as-of, or service with changes that wait for a deployment
audience: leadership
description: In order of service and time. What is carried says where to look, not what will fail.
columns:
  subject_kind: deployment, change_request, or next_deployment for what waits
  subject: Identifier of the deployment; `request` and the identifier of the change request; `next of` and the service for what waits
  service: Name of the service
  happens_at: When it went live, or is planned; missing for what waits
  patterns: Patterns found that it carries
  log_times: Logarithms of their relative risks, summed
  times: What they make together
  words: Each pattern with its part
  sentence: The row in words
*/
select subject_kind, subject, service, happens_at, patterns, log_times, times, words, sentence
from correlation.change_risk
order by service, subject_kind, happens_at, subject
