/*
title: Names of environments
grain: one row per name that a source may use
*/
with named as (
  select environment as name, environment, 1 as precedence
  from model.environment
  union all
  select unnest(names) as name, environment, 2 as precedence
  from staging.config_environment
),
ranked as (
  select name, environment, row_number() over (partition by name order by precedence, environment) as choice
  from named
)
select name, environment
from ranked
where choice = 1
order by name
