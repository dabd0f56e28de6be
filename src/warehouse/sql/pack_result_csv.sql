-- The rows of pack_result.sql as lines of CSV, written as reports/csv.ts does. $1 what spreadsheets run as a formula.
select
  array_to_string(
    list_transform(
      list_transform(
        [
          control, unit_kind, unit, service, array_to_string(teams, '; '), environment, occurred_at, status, is_not_due::varchar, severity, reason,
          array_to_string(evidence, '; '), array_to_string(findings, '; '), array_to_string(exemptions, '; ')
        ],
        lambda cell: case when cell is null then '' when regexp_matches(cell, $1) then '''' || cell else cell end
      ),
      lambda cell: case when regexp_matches(cell, '[",\r\n]') then '"' || replace(cell, '"', '""') || '"' else cell end
    ),
    ','
  ) as line
from pack_result
order by control, unit_kind, unit
