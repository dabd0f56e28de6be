/*
title: Keep what was published
description: >
  The build that `reports.publication` describes: its configuration and queries where they are not kept yet, figures that are new or moved, what moved, and units of controls whose status is another.
*/
insert into raw.publication (publication, as_of, horizon, batch_id, configuration_sha256, queries_sha256, product_version, erasures)
select publication, as_of, horizon, batch_id, configuration_sha256, queries_sha256, product_version, erasures
from reports.publication;

insert into raw.published_configuration
select p.configuration_sha256, c.document
from reports.publication as p
cross join raw.configuration as c
where not exists (select 1 from raw.published_configuration as k where k.configuration_sha256 = p.configuration_sha256);

insert into raw.published_query
select p.queries_sha256, q.relation, q.sha256, q.version, q.is_local, q.affects
from reports.publication as p
cross join raw.query as q
where not exists (select 1 from raw.published_query as k where k.queries_sha256 = p.queries_sha256)
order by q.relation;

insert into raw.published_figure
select
  p.publication, f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, f.period_end, f.period_label, f.unit, f.basis, f.value, f.n,
  f.pending, f.status, f.rule_version
from reports.published_figure as f
cross join reports.publication as p
where
  not exists (
    select 1 from raw.published_figure as k
    where
      k.metric = f.metric and k.scope_kind = f.scope_kind and k.scope = f.scope
      and k.period_kind = f.period_kind and k.period_start = f.period_start
  )
  or exists (
    select 1 from reports.moved_figure as m
    where
      m.metric = f.metric and m.scope_kind = f.scope_kind and m.scope = f.scope
      and m.period_kind = f.period_kind and m.period_start = f.period_start
  )
order by f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start;

insert into raw.published_figure
select
  p.publication, m.metric, m.scope_kind, m.scope, m.period_kind, m.period_start, m.period_end, m.period_label, m.unit, m.new_basis, m.new_value,
  m.new_n, m.new_pending, m.new_status, m.new_rule_version
from reports.moved_figure as m
cross join reports.publication as p
where m.new_status = 'withdrawn'
order by m.metric, m.scope_kind, m.scope, m.period_kind, m.period_start;

insert into raw.restatement
select
  r.publication, r.from_publication,
  r.metric, r.scope_kind, r.scope, r.period_kind, r.period_start, r.period_end, r.period_label, r.unit,
  r.old_basis, r.old_value, r.old_n, r.old_status, r.new_basis, r.new_value, r.new_n, r.new_status, r.kinds, r.reasons
from reports.restatement as r
join reports.publication as p on p.publication = r.publication;

insert into raw.published_result
select publication, control, unit_kind, unit, new_status
from reports.control_change
order by control, unit_kind, unit
