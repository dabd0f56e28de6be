-- Versions that an open hold covers. In doubt it does: what has no time, and what does not name another service than those that are held.
create or replace temp table on_hold as
select d.source, d.stream, d.key, d.version, min(h.hold) as hold
from dated_record as d
join hold as h
  on h.released_at is null
  and (len(h.sources) = 0 or list_contains(h.sources, d.source))
  and (len(h.streams) = 0 or list_contains(h.streams, d.stream))
  and (
    len(h.services) = 0
    or (d.service is null and d.repository is null)
    or (d.service is not null and not list_contains(h.other_services, d.service))
    or (d.repository is not null and not list_contains(h.other_repositories, d.repository))
  )
  and (h.held_from is null or d.belongs_at is null or d.belongs_at >= h.held_from)
  and (h.held_until is null or d.first_at is null or d.first_at < h.held_until)
group by d.source, d.stream, d.key, d.version
