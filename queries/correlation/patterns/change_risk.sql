/*
title: What recent and upcoming deployments carry
grain: one row per production wave of the last 30 days, change request planned after as-of, or service with changes that wait
rule: the logarithms of the relative risks of the patterns found that it carries, summed; `times` is what they make together
version: 1
description: >
  Patterns overlap (what is large has more authors), so that the sum says how much to look, not how probable a failure is. In order of service and
  time, not of risk.
*/
select
  subject_kind,
  subject,
  service,
  happens_at,
  count(attribute) as patterns,
  round(coalesce(sum(log_times), 0), 9) as log_times,
  round(exp(coalesce(sum(log_times), 0)), 9) as times,
  coalesce(array_agg(words order by log_times desc, attribute, level) filter (where attribute is not null), []) as words,
  case count(attribute)
    when 0 then 'Carries none of the patterns found.'
    when 1 then 'Carries a pattern found. ' || min(words) || '. Association, not cause.'
    else
      'Carries ' || count(attribute) || ' patterns found, together ' || format('{:.1f}', exp(sum(log_times)))
      || ' times if each added to the others. Association, not cause.'
  end as sentence
from correlation.carried_pattern
group by subject_kind, subject, service, happens_at
order by service, subject_kind, happens_at, subject
