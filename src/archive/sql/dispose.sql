-- Lists what goes of a class. $1 event, $2 class, $3 whether what is in no archive goes, too.
insert into raw.disposed (event_id, source, stream, key, version, sha256, is_archived)
select $1, source, stream, key, version, sha256, archive is not null
from past_record
where class = $2 and hold is null and (archive is not null or $3)
order by source, stream, key, version
