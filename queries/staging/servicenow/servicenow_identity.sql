/*
title: Identities of ServiceNow
description: >
  Who asked for a change, answers for it, and who decided, by the fields that the configuration names; a field beside them, such as `approver.email`, gives the address.
  Users of integrations are bots where the field `internal_integration_user` behind them is read and says so.
grain: one row per source, login, account, address and name
*/
with said as (
  select source, stream, id, what, arg_min(display, position) as login, arg_min(regexp_extract(field, '^[a-z0-9_]+'), position) as reference
  from staging.servicenow_value
  where what in ('requested_by', 'approver') or (stream = 'change_request' and what = 'owner')
  group by source, stream, id, what
),
appearance as (
  select
    s.source,
    s.login,
    nullif(r.payload ->> ('$."' || s.reference || '".value'), '') as account,
    nullif(r.payload ->> ('$."' || s.reference || '.email".value'), '') as email,
    coalesce(
      nullif(r.payload ->> ('$."' || s.reference || '.name".display_value'), ''),
      nullif(r.payload ->> ('$."' || s.reference || '".display_value'), '')
    ) as name,
    (r.payload ->> ('$."' || s.reference || '.internal_integration_user".value')) = 'true' as is_bot,
    -- When somebody was given it, the request does not say.
    case when s.what <> 'owner' then r.created_at end as "at"
  from said as s
  join staging.servicenow_record as r on r.source = s.source and r.stream = s.stream and r.id = s.id
)
select
  source,
  login,
  account,
  email,
  name,
  is_bot,
  min("at") as first_at,
  max("at") as last_at,
  count(*) as records
from appearance
where "at" is null or "at" < getvariable('as_of')
group by source, login, account, email, name, is_bot
order by source, login, account nulls first, email nulls first, name nulls first, is_bot nulls first
