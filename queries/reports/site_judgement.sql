/*
title: Judgements on pages
grain: one row per decision that people recorded
rule: >
  Who decided stands in the configuration as somebody wrote it, so it may be a name. Where people are published by pseudonym and the words hold the name of one known person, that person's pseudonym is
  shown alone; else it is withheld where people are not published by name. Who approved an exemption is known as a person and is shown as people are
*/
select
  j.position,
  j.kind,
  j.what,
  j.reason,
  case when j.kind = 'exemption' or getvariable('people') = 'names' then j.decided_by else a.shown_as end as decided_by,
  j.decided_by is not null and j.kind <> 'exemption' and getvariable('people') <> 'names' and a.shown_as is null as is_withheld,
  j.decided_at
from model.judgement as j
left join reports.site_asserter as a on a.said_by = j.decided_by and j.kind <> 'exemption'
order by j.position
