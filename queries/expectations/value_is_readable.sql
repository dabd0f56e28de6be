/*
title: Every value can be read
description: >
  What a source says where a time should be and staging reads none, such as "soon" or one before 1900 or after 9999, counts as not said. Files, events, evidence and git are not
  looked through: what cannot be read of theirs is rejected with its line when it is collected.
grain: one row per source, stream and field with values that cannot be read
*/
with unread as (
  select source, stream, key, field
  from staging.github_unread_value
  union all
  select source, stream, key, field
  from staging.gitlab_unread_value
  union all
  select source, stream, key, field
  from staging.jira_unread_value
  union all
  select source, stream, key, field
  from staging.pagerduty_unread_value
  union all
  select source, stream, key, field
  from staging.servicenow_unread_value
),
counted as (
  select source, stream, field, count(*) as records, min(key) as example
  from unread
  group by source, stream, field
)
select
  source || ' ' || stream || ' ' || field as subject,
  records as rows,
  'What is there is no time from 1900 to 9999 that can be read, such as in ' || example || ', and counts as not said.' as effect,
  'Mend it where it is written and collect again; where the configuration of the source names the field, name another.' as remedy
from counted
order by subject
