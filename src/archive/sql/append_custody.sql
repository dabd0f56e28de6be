-- Adds an entry to the custody log. $1 event, $2 instant, $3 by, $4 kind, $5 reason, $6 document.
insert into raw.custody
with previous as (
  select coalesce(max_by(chain_sha256, event_id), '') as chain_sha256
  from raw.custody
),
entry as (
  select sha256(concat_ws(chr(31), $1::bigint, epoch_us($2::timestamptz), $3, $4, $5, $6)) as sha256
)
select
  $1::bigint as event_id,
  $2::timestamptz as happened_at,
  $3 as done_by,
  $4 as kind,
  $5 as reason,
  $6::json as document,
  e.sha256,
  p.chain_sha256 as previous_sha256,
  sha256(p.chain_sha256 || e.sha256) as chain_sha256
from entry as e
cross join previous as p
