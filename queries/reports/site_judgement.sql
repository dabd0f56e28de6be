/*
title: Judgements on pages
grain: one row per decision that people recorded
rule: >
  Who decided stands in the configuration as somebody wrote it, so it may be a name: it is withheld where people are not published by name. Who approved an exemption is known as a person
  and is shown as people are
*/
select
  position,
  kind,
  what,
  reason,
  case when kind = 'exemption' or getvariable('people') = 'names' then decided_by end as decided_by,
  decided_by is not null and kind <> 'exemption' and getvariable('people') <> 'names' as is_withheld,
  decided_at
from model.judgement
order by position
