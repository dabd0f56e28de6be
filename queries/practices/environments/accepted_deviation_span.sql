/*
measure: accepted_deviation_span
title: Time a deviation is accepted for
question: For how long is a deviation accepted?
rule: From the beginning to the end of an exemption from ENV-02, by when it begins. One without an end is none.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [exemption]
connect: exemptions from ENV-02 with their end would bring them
fact: accepted deviation
facts: accepted deviations
cut: what they cover
*/
select
  s.service,
  e.valid_from as occurred_at,
  date_diff('second', e.valid_from, e.valid_until) as value,
  null as is_hit,
  e.exemption_id as subject,
  coalesce(e.scope, 'everything') as cut
from model.exemption as e
left join model.service as s on s.service = e.scope
where e.control = 'ENV-02' and e.valid_until >= e.valid_from
order by occurred_at, subject
