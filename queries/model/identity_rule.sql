/*
title: What the configured rules say of logins and addresses
grain: one row per key and other key that a rule gives for it
description: The expression is one of RE2 and matches the whole in any case; a rule for a source is for what occurs there.
*/
with occurrence as (
  select distinct r.source, n.key
  from (select source, unnest([login, account, email]) as text from model.reported_identity) as r
  join model.identity_name as n on n.text = r.text
),
ruled as (
  select k.key, regexp_replace(k.key, u.pattern, u.template, 'i') as text
  from (select distinct key from occurrence) as k
  join staging.config_identity_rule as u on u.source is null and regexp_matches(k.key, u.pattern, 'i')
  union
  select k.key, regexp_replace(k.key, u.pattern, u.template, 'i') as text
  from occurrence as k
  join staging.config_identity_rule as u on u.source = k.source and regexp_matches(k.key, u.pattern, 'i')
)
select distinct key, lower(trim(nfc_normalize(text))) as other
from ruled
where trim(text) <> '' and lower(trim(nfc_normalize(text))) <> key
order by key, other
