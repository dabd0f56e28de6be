/*
title: Changes of configuration and rules on the restatements page
grain: one row per publication and what changed between it and the one before, the two hundred newest
*/
with changed as (
  select publication, 1 as kind_order, 'configuration' as kind, path as what, old_value, new_value
  from reports.configuration_change
  union all
  select publication, 2, 'local rule', relation, case when change <> 'added' then left(old_sha256, 12) end, case when change <> 'removed' then left(new_sha256, 12) end
  from reports.rule_change
  where is_local
  union all
  select
    r.publication, 3, 'product', 'queries of the product: ' || count(*) || ' changed', 'Quarterdeck ' || min(s.from_product_version), 'Quarterdeck ' || min(s.product_version)
  from reports.rule_change as r
  join reports.publication_step as s on s.publication = r.publication
  where not r.is_local
  group by r.publication
),
numbered as (
  select
    publication, kind, what, old_value, new_value,
    row_number() over (order by publication desc, kind_order, what, old_value nulls first, new_value nulls first) as position,
    count(*) over () as changes
  from changed
)
select n.position, n.changes, n.publication, s.as_of, s.from_as_of, n.kind, n.what, n.old_value, n.new_value
from numbered as n
join reports.publication_step as s on s.publication = n.publication
where n.position <= 200
order by n.position
