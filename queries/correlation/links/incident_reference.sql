/*
title: What incidents refer to
grain: one row per incident and reference
rule: >
  Stated is what the field for causes, a label or a line "Caused by: ..." names; named is whatever else stands in texts. A stated reference may
  be any identifier; in free text only what looks like one: a deployment's id has letters and digits, a version dots, a change a # or !
*/
with stated as (
  select incident_id, unnest(caused_by) as reference, 'cause' as place
  from model.incident
  union all
  select l.incident_id, substr(l.label, length(p.pattern)) as reference, 'label' as place
  from model.incident_label as l
  join staging.config_link_label as p on p.says = 'cause' and lower(l.label) glob p.pattern and right(p.pattern, 1) = '*'
  union all
  select incident_id, reference, place
  from correlation.incident_word
  where is_stated
),
mentioned as (
  select incident_id, trim(reference) as reference, place, true as is_stated
  from stated
  union all
  select incident_id, reference, place, false as is_stated
  from correlation.incident_word
  where not is_stated
),
distinct_reference as (
  select
    incident_id,
    reference,
    bool_or(is_stated) as is_stated,
    min(place) filter (where is_stated) as stated_place,
    min(place) as place
  from mentioned
  where reference <> ''
  group by incident_id, reference
)
select
  d.incident_id,
  i.service,
  i.started_at,
  d.reference,
  d.is_stated,
  coalesce(d.stated_place, d.place) as place,
  d.is_stated or regexp_matches(d.reference, '^\w+://') or (length(d.reference) >= 4 and regexp_matches(d.reference, '[A-Za-z]')) as may_be_id,
  d.is_stated or regexp_matches(d.reference, '^[vV]?\d+(\.\d+)+') as may_be_version,
  regexp_full_match(lower(d.reference), '[0-9a-f]{7,64}') as may_be_commit,
  case
    when d.is_stated or regexp_full_match(d.reference, '[#!]\d+') then nullif(regexp_replace(d.reference, '^[#!]+', ''), '')
  end as number,
  regexp_replace(d.reference, '^[vV](\d)', '\1') as version
from distinct_reference as d
join model.incident as i on i.incident_id = d.incident_id
where d.reference <> i.native_id and d.reference <> i.incident_id
order by d.incident_id, d.reference
