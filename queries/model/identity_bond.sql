/*
title: Logins and addresses that a source says belong together
grain: one row per source, login and address
description: Addresses that are nobody's own, by configuration, say nothing.
*/
select distinct r.source, l.key as login, e.key as address
from model.reported_identity as r
join model.identity_name as l on l.text = r.login
join model.identity_name as e on e.text = r.email
where e.is_address and not e.is_shared and not l.is_shared and l.key <> e.key
order by r.source, login, address
