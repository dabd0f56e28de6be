-- Takes away what the rejected rows of a class said; that there was one, and where, stays, so that nothing counts as complete that was not. $1 event, $2 class, $3 whether what is in no archive goes, too.
update raw.rejected_row as r
set text = '', reason = 'disposed of by entry ' || $1::bigint || ' of the custody log'
from past_rejected as p
where p.place = r.rowid and p.class = $2 and p.hold is null and (p.archive is not null or $3)
