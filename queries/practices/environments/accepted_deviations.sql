/*
measure: accepted_deviations
title: Deviations accepted
question: How many deviations from what environments are meant to be are accepted?
rule: Exemptions from ENV-02, which asks for no unexplained drift, by when they begin. What they are for is what they cover.
version: 1
unit: exemptions
statistic: count
made_from: [exemption]
connect: exemptions from ENV-02 would bring them
fact: accepted deviation
facts: accepted deviations
cut: what they cover
*/
select
  s.service,
  coalesce(e.valid_from, e.approved_at) as occurred_at,
  null as value,
  null as is_hit,
  e.exemption_id as subject,
  coalesce(e.scope, 'everything') as cut
from model.exemption as e
left join model.service as s on s.service = e.scope
where e.control = 'ENV-02'
order by occurred_at, subject
