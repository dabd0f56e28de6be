/*
title: What deployments are described by, and what incidents say
description: >
  Over the seeded history: who merged, sizes, paths, labels and tickets of changes; trains; texts of incidents, of which some name a cause. Of a hash of each key, so
  that two runs are alike.
*/
update raw.record
set payload = json_merge_patch(payload, case stream
  when 'change' then json_object(
    'merged_by', 'dev' || (hash(key, 'm') % 500),
    'additions', (hash(key, 'a') % 400)::bigint,
    'deletions', (hash(key, 'd') % 200)::bigint,
    'files_changed', (1 + hash(key, 'f') % 30)::bigint,
    'paths', ['src/' || (hash(key, 'p') % 50) || '.ts', case (hash(key, 'k') % 20)::bigint when 0 then 'db/migrations/1.sql' when 1 then 'config/values.yaml' else 'src/main.ts' end],
    'labels', case when hash(key, 'l') % 10 = 0 then ['dependencies'] else ['feature'] end,
    'tickets', ['PAY-' || (hash(key, 't') % 50000)]
  )
  when 'deployment' then json_object('train', case when hash(key, 'r') % 10 = 0 then 'train ' || (hash(key, 'n') % 800) end)
  else json_object(
    'classification', case (hash(key, 'c') % 10)::bigint when 0 then 'provider' when 1 then null else 'bug' end,
    'caused_by', case when hash(key, 's') % 100 < 15 then ['d' || (hash(key, 'd') % $1)] else [] end,
    'description', 'Seen 5 times since 1.' || (hash(key, 'v') % 2500) || '.0, see #' || (hash(key, 'h') % 6000) || ' and PAY-' || (hash(key, 'p') % 50000) ||
      '. Rolled back to 1.' || (hash(key, 'b') % 2500) || '.0. ' || repeat('Nothing else at 10:41. ', 20)
  )
end)
where stream in ('change', 'deployment', 'incident')
