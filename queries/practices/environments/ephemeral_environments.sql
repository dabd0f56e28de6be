/*
measure: ephemeral_environments
title: Ephemeral environments
question: How many environments are made for a while?
rule: Environments below production that their record calls ephemeral, or that were removed where it says nothing, by when they were made.
version: 1
unit: environments
statistic: count
made_from: [environment]
connect: a file of environments with when each was made and removed, or events of them, would bring them
fact: ephemeral environment
facts: ephemeral environments
cut: kind of environment
*/
select
  null as service,
  created_at as occurred_at,
  null as value,
  null as is_hit,
  environment as subject,
  kind as cut
from model.environment_life
where is_ephemeral and kind <> 'production'
order by occurred_at, subject
