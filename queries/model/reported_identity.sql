/*
title: Identities as reported
grain: one row per source, login, account, address and name
description: >
  How sources call people and bots, before it is asked who they are. Who occurs at no known time has neither a first nor a last one.
*/
select source, login, account, email, name, is_bot, first_at, last_at, records
from staging.files_identity
union all
select source, login, account, email, name, is_bot, first_at, last_at, records
from staging.events_identity
union all
select source, login, account, email, name, is_bot, first_at, last_at, records
from staging.git_identity
union all
select source, login, account, email, name, is_bot, first_at, last_at, records
from staging.github_identity
union all
select source, login, account, email, name, is_bot, first_at, last_at, records
from staging.gitlab_identity
union all
select source, login, account, email, name, is_bot, first_at, last_at, records
from staging.jira_identity
union all
select source, login, account, email, name, is_bot, first_at, last_at, records
from staging.pagerduty_identity
union all
select source, login, account, email, name, is_bot, first_at, last_at, records
from staging.servicenow_identity
order by source, login, account nulls first, email nulls first, name nulls first, is_bot nulls first, records
