import { withWords, type Words } from "../../src/dialect/words.ts";

/** DuckDB's own words for what the neutral form asks for. All others are called as they are marked. */
const OWN: Words = {
  setting: "getvariable('$1')",
  alone: "unnest($1)",
  beside: "unnest($1)",
  list_at: "list_extract($1, $2)",
  divide: "($1 / $2)",
  empty_list: "cast([] as varchar[])",
  list_value: "[$*]",
  first: "($1)[1]",
  if_there: "$1",
  some: "$1",
  round_even: "(case when $1 - floor($1) = 0.5 then 2 * round($1 / 2) else round($1) end)",
  concat_agg: "flatten($1)",
  list_filter: "list_filter($1, lambda $2: $3)",
  list_transform: "list_transform($1, lambda $2: $3)",
  div: "($1 // $2)",
  glob: "($1 glob $2)",
  seconds_between: "date_diff('second', $1, $2)",
  minutes_between: "date_diff('minute', $1, $2)",
  hours_between: "date_diff('hour', $1, $2)",
  days_between: "date_diff('day', $1, $2)",
  months_between: "date_diff('month', $1, $2)",
  day_text: "strftime($1, '%Y-%m-%d')",
  minute_text: "strftime($1, '%Y-%m-%d %H:%M')",
  month_text: "strftime($1, '%Y-%m')",
  clock_text: "strftime($1, '%H:%M')",
  week_text: "strftime($1, '%G-W%V')",
  grouped_text: "format('{:,}', $1)",
  day_of_text: "strptime($1, '%Y-%m-%d')",
  // Fail, or change the rows, where the other of the two is meant.
  timezone: "timezone($1, cast($2 as timestamptz))",
  instant_of: "timezone($1, cast($2 as timestamp))",
  regexp_matches_given: "regexp_matches($*)",
  regexp_full_match_given: "regexp_full_match($*)",
  regexp_extract_given: "regexp_extract($*)",
  regexp_extract_all_given: "regexp_extract_all($*)",
  regexp_replace_given: "regexp_replace($*)",
  regexp_replace_all: "regexp_replace($1, $2, $3, 'g')",
  try_bigint: "try_cast($1 as bigint)",
  try_list: "try_cast($1 as varchar[])",
  try_timestamp_with_time_zone: "try_cast($1 as timestamptz)",
};

/** A neutral form as DuckDB can run it. */
export const inDuckdb = (neutral: string): string =>
  withWords(
    neutral,
    new Proxy(OWN, {
      get: (words, name: string) => words[name] ?? (name.includes("/") ? undefined : `${name}($*)`),
    }),
  );
