/*
title: Which services a scope is made of
grain: one row per scope, service and span of membership
rule: roll-ups pool the facts of services; a team has a service's facts of the days on which it owned it (design 3)
*/
select 'service' as scope_kind, service as scope, service, timestamptz '0001-01-01 00:00:00+00' as member_from, timestamptz '9999-01-01 00:00:00+00' as member_until
from model.service
union all
select 'team' as scope_kind, o.team as scope, o.service, o.owned_from as member_from, o.owned_until as member_until
from model.ownership as o
join model.service as s on s.service = o.service
union all
select 'organisation' as scope_kind, o.name as scope, s.service, timestamptz '0001-01-01 00:00:00+00' as member_from, timestamptz '9999-01-01 00:00:00+00' as member_until
from model.service as s
cross join model.organisation as o
order by scope_kind, scope, service, member_from
