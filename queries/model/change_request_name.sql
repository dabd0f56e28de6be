/*
title: How change requests are referred to
grain: one row per reference and change request
description: By the id that the source gives it, and by the one that it has here.
*/
select native_id as reference, change_request_id
from model.change_request
union
select change_request_id as reference, change_request_id
from model.change_request
order by reference, change_request_id
