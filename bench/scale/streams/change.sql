select
  '["' || service || '","' || place || '"]' as key,
  json_object(
    'id', place::varchar, 'repository', service, 'number', (place + 1)::varchar, 'title', 'Change ' || place || ' of ' || service,
    'author', person(rank, place, 'author'),
    'first_commit_at', said_at(merged - 7200 - chance(rank, place, 'coding', 400000)),
    'opened_at', said_at(merged - 5400 - chance(rank, place, 'coding', 400000) // 3),
    'first_review_at', said_at(merged - 3600 - chance(rank, place, 'coding', 400000) // 5),
    'approved_at', said_at(merged - 1800), 'merged_at', said_at(merged), 'merged_by', person(rank, place, 'merger'),
    'merge_sha', sha_of(rank, place), 'merge_method', 'squash', 'target_branch', 'main', 'commits', []::varchar[], 'commit_count', 1 + chance(rank, place, 'commits', 6),
    'additions', chance(rank, place, 'added', 400), 'deletions', chance(rank, place, 'deleted', 200), 'files_changed', 1 + chance(rank, place, 'files', 30),
    'paths', ['src/' || chance(rank, place, 'path', 50) || '.ts', case chance(rank, place, 'kind', 20) when 0 then 'db/migrations/1.sql' when 1 then 'config/values.yaml' else 'src/main.ts' end],
    'labels', case when chance(rank, place, 'label', 10) = 0 then ['dependencies'] else ['feature'] end,
    'tickets', ['PAY-' || ticket], 'url', 'https://git.example/' || service || '/changes/' || (place + 1)
  ) as payload
from change
