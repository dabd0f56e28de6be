/*
title: What texts of incidents name
grain: one row per incident, place and word that may be an identifier
rule: >
  A word with a digit. Of a line "Caused by: ..." it is stated; but a bare number only where nothing but references stands there, or where the line begins with it, or a word such as
  "change" comes before it: else it may count minutes. What follows "rolled back to", "fixed by" and the like is the remedy, not
  the cause, and is left out
*/
with text_line as (
  select
    incident_id,
    place,
    unnest(string_split(replace(text, chr(13), chr(10)), chr(10))) as line
  from model.incident_text
),
said as (
  select
    incident_id,
    place,
    regexp_matches(line, '(?i)^[\s*_>#-]*(root cause|caused by|cause|culprit)[*_]*\s*:') as is_stated,
    regexp_replace(
      line,
      '(?i)\b(back to|revert(ed|ing)? to|restor(ed|ing) to|fix(ed)? (by|in|with)|fix(ed|es)?:|resolved (by|in|with)|mitigated (by|with)|not caused by|unrelated to)\s+((the|version|deployment|release|change|commit|ticket|pr|mr|pull request|merge request)\s+)*\S+',
      ' ',
      'g'
    ) as rest,
    regexp_full_match(
      line,
      '(?i)[^:]*:[*_\s]*(((the|and|or|deployments?|releases?|versions?|changes?|commits?|tickets?|requests?|prs?|mrs?|pull|merge|runs?|builds?|pipelines?|jobs?|tags?)|[^\s,;]*\d[^\s,;]*)[\s,;&.*_]*)+'
    ) as is_list
  from text_line
  where regexp_matches(line, '[0-9]')
),
word as (
  select
    incident_id,
    place,
    is_stated,
    is_list,
    rest,
    rtrim(unnest(regexp_extract_all(rest, '[#!]?([0-9]|[A-Za-z][A-Za-z._/:#+~-]*[0-9])[A-Za-z0-9._/:#+~-]*')), './:#+~-') as reference
  from said
)
select
  incident_id,
  place,
  reference,
  bool_or(
    case
      when is_stated and not is_list and regexp_full_match(reference, '\d+(\.\d+)?')
        then regexp_matches(
          rest,
          '(?i)^[^:]*:[*_\s]*' || reference || '\s*($|\.(\s|$)|[^\s\w.%])|\b(deployment|release|version|change|commit|ticket|request|pr|mr|run|build|pipeline|job|tag|number|no\.?)\s+(id\s+|number\s+|no\.?\s*)?' || reference || '($|\.(\s|$)|[^\w.%])'
        )
      else is_stated
    end
  ) as is_stated
from word
where length(reference) between 2 and 400
group by incident_id, place, reference
order by incident_id, place, reference
