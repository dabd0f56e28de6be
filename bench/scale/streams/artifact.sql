select
  '"ART-' || service || '-' || release || '"' as key,
  json_object(
    'id', 'ART-' || service || '-' || release, 'service', service, 'name', service, 'version', '1.' || release || '.0', 'digest', 'sha256:' || sha_of(rank, place), 'sha', sha_of(rank, place),
    'built_at', said_at(started - 12000), 'is_signed', true, 'has_sbom', true
  ) as payload
from deployment
where is_regulated and environment = 'staging' and rank % 10 = 0
