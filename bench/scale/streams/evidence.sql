select
  '"E-' || service || '-' || release || '-' || kind || '"' as key,
  json_object(
    'id', 'E-' || service || '-' || release || '-' || kind, 'kind', kind, 'subject', 'sha256:' || sha_of(rank, place), 'service', service, 'at', said_at(started - 11000),
    'outcome', case when kind = 'signature' then 'verified' else 'passed' end
  ) as payload
from (
  select *, unnest(['signature', 'security_scan', 'sbom', 'provenance', 'secret_scan']) as kind
  from deployment
  where is_regulated and environment = 'staging' and rank % 10 = 0
)
