/*
title: What was live before a wave in its release line
grain: one row per production wave that had something live before it
rule: a commit that is neither ancestor nor descendant of what is live belongs to a parallel release line (design 3)
description: >
  `relation` says how the wave's commit stands to the one before it: same, ancestor, descendant. What is live is
  the wave before; where that is of another line, or newer and live in other copies only, the last one that is not.
  Without a graph, what was first deployed earlier is an ancestor.
*/
with ordered as (
  select
    wave_id, service, wave_name, identity, repository, sha, position, position_basis, is_on_main_line, live_at,
    row_number() over (partition by service, wave_name order by live_at, wave_id) as sequence
  from model.wave_position
),
pair as (
  select w.wave_id, b.wave_id as before_wave_id, b.sequence as before_sequence, 1 as tier
  from ordered as w
  join ordered as b on b.service = w.service and b.wave_name = w.wave_name and b.sequence = w.sequence - 1
),
tier_one as (
  select p.wave_id, p.before_wave_id, p.before_sequence, r.relation
  from pair as p
  join model.wave_relation as r on r.wave_id = p.wave_id and r.other_wave_id = p.before_wave_id
),
further as (
  select r.wave_id, b.wave_id as before_wave_id, b.sequence as before_sequence, r.relation
  from model.wave_relation as r
  join ordered as b on b.wave_id = r.other_wave_id
  join tier_one as t on t.wave_id = r.wave_id and t.relation in ('diverged', 'elsewhere')
  where r.relation not in ('diverged', 'elsewhere')
),
candidate as (
  select wave_id, before_wave_id, before_sequence, relation
  from tier_one
  where relation not in ('diverged', 'elsewhere')
  union
  select wave_id, before_wave_id, before_sequence, relation
  from further
),
ranked as (
  select
    wave_id, before_wave_id, relation,
    row_number() over (partition by wave_id order by before_sequence desc) as choice
  from candidate
)
select wave_id, before_wave_id, relation
from ranked
where choice = 1
order by wave_id
