/*
title: Every deployment names a known environment
grain: one row per unknown environment
rule: >
  What to add is a guess: a name close to a known one is another name of it, unless their digits differ, which tell copies apart; else the kind is told from the words in the name, and a
  name that says nothing is taken for a test environment, which counts nowhere.
*/
with unknown as (
  select
    environment as name,
    regexp_replace(lower(environment), '[^a-z0-9]', '', 'g') as letters,
    count(*) as rows
  from model.reported_deployment
  where environment_kind is null
  group by environment
),
known as (
  select name, environment, regexp_replace(lower(name), '[^a-z0-9]', '', 'g') as letters
  from model.environment_name
),
near as (
  select
    u.name,
    k.environment,
    row_number() over (partition by u.name order by levenshtein(u.letters, k.letters), k.environment, k.name) as choice
  from unknown as u
  join known as k
    on
      levenshtein(u.letters, k.letters) <= case when length(u.letters) < 4 then 0 when length(u.letters) < 8 then 1 else 2 end
      and regexp_replace(u.letters, '[^0-9]', '', 'g') = regexp_replace(k.letters, '[^0-9]', '', 'g')
),
guessed as (
  select
    u.name,
    u.rows,
    n.environment as near_environment,
    case
      when regexp_matches(lower(u.name), 'pre-?_?pro?d|stag|stg|uat|accept') then 'staging'
      when regexp_matches(lower(u.name), 'prod|prd|live') then 'production'
      when regexp_matches(lower(u.name), 'dev|sandbox|local|preview') then 'development'
      else 'test'
    end as kind
  from unknown as u
  left join near as n on n.name = u.name and n.choice = 1
),
default_only as (
  select environment
  from staging.config_environment
  where environment = 'production' and names = ['prod'] and (select count(*) from staging.config_environment) = 1
)
select
  g.name as subject,
  g.rows,
  'Its deployments do not count: it is not known whether it is production.' as effect,
  'Add ' || g.name || case
    when c.environment is not null then ' to the names of ' || c.environment || ' if that is what is meant, or under environments with its kind.'
    else ' under environments with its kind, or to the names of one.'
  end as remedy,
  case
    when c.environment is not null then ['environments', c.environment]
    when d.environment is not null then ['environments']
    else ['environments', g.name]
  end as add_path,
  case
    when c.environment is not null then json_object('kind', c.kind, 'names', list_append(c.names, g.name))
    when d.environment is not null
      then json_object('production', json_object('kind', 'production', 'names', ['prod']), g.name, json_object('kind', g.kind))
    else json_object('kind', g.kind)
  end::varchar as add_value
from guessed as g
left join staging.config_environment as c on c.environment = g.near_environment
left join default_only as d on true
order by g.name
