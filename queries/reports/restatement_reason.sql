/*
title: Why published figures moved
grain: one row per moved figure and reason
rule: >
  What differed between the two publications and has a part in the figure: the version of its rule; a local rule; a query of the product; the
  configuration, a person's word apart; records that came late or were corrected, by stream, of the figure's own service or repository where they name one; outcomes that were
  pending. Only where none of these applies and time went on: what happened since. Nothing is said that was not found
version: 1
*/
with figure as (
  select metric, scope_kind, scope, period_kind, period_start, made_by, old_rule_version, new_rule_version, old_pending, new_pending
  from reports.moved_figure
),
query_change as (
  select c.relation, c.change, c.is_local, c.affects
  from reports.rule_change as c
  join reports.publication as p on p.is_new and p.publication = c.publication
),
changed_path as (
  select distinct
    c.path,
    starts_with(c.path, 'metrics.exclude_') or ends_with(c.path, '.complete[]') as is_judgement
  from reports.configuration_change as c
  join reports.publication as p on p.is_new and p.publication = c.publication
  where not regexp_matches(c.path, '^(publish\.|judgements)|\.title$')
),
numbered_path as (
  select path, is_judgement, row_number() over (partition by is_judgement order by path) as place, count(*) over (partition by is_judgement) as paths
  from changed_path
),
configuration as (
  select
    is_judgement,
    string_agg(path, ', ' order by path) || case when max(paths) > 5 then ' and ' || (max(paths) - 5) || ' more' else '' end as words
  from numbered_path
  where place <= 5
  group by is_judgement
),
product_query as (
  select
    f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, q.relation,
    row_number() over (partition by f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start order by q.relation) as place,
    count(*) over (partition by f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start) as queries
  from figure as f
  join query_change as q on not q.is_local and (list_contains(q.affects, f.made_by) or q.relation = 'metrics.metric')
),
late as (
  select f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, l.source, l.stream, sum(l.records)::bigint as records
  from figure as f
  left join model.service as v on f.scope_kind = 'service' and v.service = f.scope
  join reports.late_record as l on f.scope_kind <> 'service' or coalesce(l.service = f.scope, l.repository = v.repository, true)
  left join raw.query as q on q.relation = l.staged_by
  where q.relation is null or list_contains(q.affects, f.made_by)
  group by f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, l.source, l.stream
),
found as (
  select metric, scope_kind, scope, period_kind, period_start, 1 as place, 'rule version' as kind,
    'rule version ' || old_rule_version || ' became ' || new_rule_version as reason
  from figure
  where old_rule_version <> new_rule_version
  union all
  select f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, 2, 'local rule', 'local rule ' || q.relation || ' ' || q.change
  from figure as f
  join query_change as q on q.is_local and (list_contains(q.affects, f.made_by) or q.relation = 'metrics.metric')
  union all
  select
    q.metric, q.scope_kind, q.scope, q.period_kind, q.period_start, 3, 'product',
    case
      when max(p.base_product_version) <> max(p.product_version)
        then 'Quarterdeck ' || max(p.base_product_version) || ' became ' || max(p.product_version) || ' and changed '
      else 'queries of the product changed: '
    end
    || string_agg(q.relation, ', ' order by q.relation)
    || case when max(q.queries) > 3 then ' and ' || (max(q.queries) - 3) || ' more' else '' end
  from product_query as q
  cross join reports.publication as p
  where q.place <= 3
  group by q.metric, q.scope_kind, q.scope, q.period_kind, q.period_start
  union all
  select
    f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, case when c.is_judgement then 4 else 5 end,
    case when c.is_judgement then 'judgement' else 'configuration' end,
    case when c.is_judgement then 'a judgement recorded or withdrawn: ' else 'configuration changed: ' end || c.words
  from figure as f
  cross join configuration as c
  union all
  select
    metric, scope_kind, scope, period_kind, period_start, 6, 'late data',
    'late or corrected data: '
    || string_agg(
      records || ' ' || replace(stream, '_', ' ') || case when records = 1 then ' record from ' else ' records from ' end || source,
      ', ' order by source, stream
    )
  from late
  group by metric, scope_kind, scope, period_kind, period_start
  union all
  select metric, scope_kind, scope, period_kind, period_start, 7, 'settled',
    (old_pending - new_pending) || case when old_pending - new_pending = 1 then ' outcome was' else ' outcomes were' end || ' still pending'
  from figure
  where made_by = 'metrics.outcome_rate' and old_pending > new_pending
),
unexplained as (
  select metric, scope_kind, scope, period_kind, period_start
  from figure
  except
  select metric, scope_kind, scope, period_kind, period_start
  from found
)
select metric, scope_kind, scope, period_kind, period_start, place, kind, reason
from found
union all
select
  u.metric, u.scope_kind, u.scope, u.period_kind, u.period_start, 8,
  case when p.as_of > p.base_as_of then 'later events' else 'not found' end,
  case when p.as_of > p.base_as_of then 'what happened since bears on it' else 'nothing that differs was found' end
from unexplained as u
cross join reports.publication as p
order by metric, scope_kind, scope, period_kind, period_start, place, reason
