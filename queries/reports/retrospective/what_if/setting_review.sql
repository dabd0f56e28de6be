/*
title: "Setting: how many must review"
grain: one row per production wave of which the number is known
description: Reviewers of the change that had the fewest, as risk patterns count them.
*/
select 'reviewers' as setting, subject as wave_id, number
from correlation.attribute_review_depth
order by wave_id
