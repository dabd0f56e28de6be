/*
title: Builds on the restatements page
grain: one row per publication that followed another, the fifty newest, and what each moved
description: "`kinds` are the reasons, each with how many figures it applies to; a figure may have several."
*/
with reason as (
  select r.publication, k.kind, count(*) as figures
  from reports.restatement as r
  cross join lateral (select unnest(r.kinds) as kind) as k
  group by r.publication, k.kind
),
worded as (
  select publication, array_agg(kind order by figures desc, kind) as kinds, array_agg(figures order by figures desc, kind) as kind_figures
  from reason
  group by publication
),
moved as (
  select
    publication, count(*) as figures,
    count(distinct case when scope_kind = 'service' then scope end) as services,
    count(*) filter (where period_kind = 'quarter') as quarter_figures
  from reports.restatement
  group by publication
),
numbered as (
  select
    s.publication, s.as_of, s.from_as_of, s.from_product_version, s.product_version,
    s.configuration_sha256 <> s.from_configuration_sha256 as is_configuration_changed,
    row_number() over (order by s.publication desc) as position
  from reports.publication_step as s
)
select
  n.position,
  n.publication,
  n.as_of,
  n.from_as_of,
  n.product_version,
  n.from_product_version,
  n.is_configuration_changed,
  coalesce(m.figures, 0) as figures,
  coalesce(m.quarter_figures, 0) as quarter_figures,
  coalesce(m.services, 0) as services,
  coalesce(w.kinds, []) as kinds,
  coalesce(w.kind_figures, []) as kind_figures
from numbered as n
left join moved as m on m.publication = n.publication
left join worded as w on w.publication = n.publication
where n.position <= 50
order by n.position
