insert into raw.run (run_id, started_at, finished_at, status, product_version)
select a.run_id, a.started_at, a.finished_at, a.status, a.product_version
from archived_run as a
where not exists (select 1 from raw.run as r where r.run_id = a.run_id)
order by a.run_id
