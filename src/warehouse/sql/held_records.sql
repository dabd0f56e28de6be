-- How many records the sources of quarterdeck.yaml have, by kind.
select r.source, r.stream, count(*) as records
from raw.current as r
join staging.source as s on s.source = r.source
group by r.source, r.stream
order by r.source, r.stream
