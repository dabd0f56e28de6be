import { isHistory, tablePath, type PublishedTable } from "../src/site/machine-form/published-table.ts";
import { publishedTables } from "../src/site/machine-form/tables.ts";
import { VERSION } from "../src/site/machine-form/write.ts";
import { queryFiles } from "../src/warehouse/model.ts";
import { fromEmptyModel } from "./empty-model.ts";

/** The page about the files in `data/`: their form, and every table with its columns. */
export async function dataReference(): Promise<string> {
  const tables = await fromEmptyModel((warehouse) => publishedTables(warehouse, queryFiles()));
  const [history, current] = [tables.filter(isHistory), tables.filter((table) => !isHistory(table))];
  return [
    INTRODUCTION,
    "## Tables",
    contents(current),
    ...current.map(section),
    ...(history.length > 0 ? [HISTORY, contents(history), ...history.map(section)] : []),
  ].join("\n\n");
}

const INTRODUCTION = `# The site's data

<!-- Made by \`npm run generate\` from scripts/data-reference.ts and the headers in queries/publish. -->

\`quarterdeck build\` writes what the pages show into the folder \`data/\` of the site too, whole, in three forms. Pages link to the CSV beside each table.

| file | for | what |
|---|---|---|
| \`data/<table>.csv\` | spreadsheets | a header line and one line a row |
| \`data/<table>.json\` | programs, pages of your own | \`table\`, \`title\`, \`version\`, \`as_of\`, \`parts\`, \`columns\` (name and type), \`rows\` (arrays in the order of \`columns\`) |
| \`data/<table>.parquet\` | analysis | the whole table, always |
| \`data/index.json\` | finding the others | every table with title, grain, columns and row count, every file with its parts, rows, size and SHA-256 |

The calendar is there for calendar programs too, as \`data/calendar.ics\` (RFC 5545), where it has an entry. An event keeps its identifier from build to build.

A table marked *by service* has CSV and JSON for each service instead, \`data/<table>/<service>.csv\`: look the file up in \`index.json\`, whose \`parts\` name
the services in it. A service without rows has its files too. Two names that make the same file name share it.

| type | CSV | JSON | Parquet |
|---|---|---|---|
| text | text; what a spreadsheet would run as a formula has \`'\` in front | string | \`VARCHAR\` |
| integer | digits | number; a string beyond 2^53 | \`BIGINT\` |
| number | at most 12 significant digits | number | \`DOUBLE\` |
| boolean | \`true\`, \`false\` | \`true\`, \`false\` | \`BOOLEAN\` |
| timestamp | ISO 8601 in UTC, such as \`2026-01-31T12:00:00Z\` | the same as string | \`TIMESTAMP WITH TIME ZONE\` |
| date | \`2026-01-31\` | string | \`DATE\` |
| list of text | joined by \`; \` | array of strings | \`VARCHAR[]\` |
| missing | empty; an empty text is \`""\` | \`null\` | null |

Units are in the names: \`_seconds\` are whole seconds unless interpolated, \`_ratio\` is from 0 to 1 (a change may lie outside), \`_per_day\` counts per calendar day,
\`_at\` is an instant. Spans are half-open. People are shown as \`publish.people\` says, here as on pages. CSV is UTF-8 with a byte order mark, without which Excel
takes it for the code page of its country, and lines end with a line feed.

Where \`publish.audiences\` is configured, each audience has the tables that are for it; the lists below say which ([audiences](audiences.md)).

**Versions.** This is version ${VERSION}, in \`index.json\` and every JSON file. Within version 1 no table, column or type goes or changes its meaning, and the order of
columns stays. What is added (a table, a column at the end, a value in a column of words) raises the second number. What breaks a reader raises the
first one and is told in the changelog. Read columns by name. The same data, configuration and as-of instant give the same bytes.

## Examples

Run in the folder of the site. The tests run those for DuckDB, jq and Node.js as they stand here; the one for pandas was run by hand, with pandas 3.0.

Median lead time of each service by month, in days, with DuckDB:

\`\`\`sql
select service, strftime(live_at, '%Y-%m') as month, median(lead_seconds) / 86400 as days, count(*) as n
from read_parquet('data/changes.parquet')
where lead_seconds is not null
group by all
order by all
\`\`\`

How long failures of one service took to recover, with pandas:

\`\`\`python
import pandas

failures = pandas.read_csv("data/failures/payments.csv", parse_dates=["failed_at", "restored_at"])
print(failures.set_index("failed_at")["recovery_seconds"].dropna() / 3600)
\`\`\`

The organisation's figures by quarter, with jq, and the same with Node.js:

\`\`\`sh
jq -r '[.columns[].name] as $names | .rows[] | [$names, .] | transpose | map({(.[0]): .[1]}) | add
  | select(.scope_kind == "organisation" and .period_kind == "quarter" and .is_headline)
  | [.metric, .period_label, .value, .unit, .n] | @tsv' data/metrics.json
\`\`\`

\`\`\`js
import { readFile } from "node:fs/promises";

const { columns, rows } = JSON.parse(await readFile("data/metrics.json", "utf8"));
const records = rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at]])));
for (const { scope_kind, period_kind, is_headline, metric, period_label, value, unit, n } of records) {
  if (scope_kind === "organisation" && period_kind === "quarter" && is_headline)
    console.log([metric, period_label, value, unit, n].join("\\t"));
}
\`\`\``;

const HISTORY = `## How the data was collected

Two collections of the same data differ in these: they are below \`data/history/\` with an \`index.json\` of their own, so that everything else
can be compared byte by byte.`;

const contents = (tables: readonly PublishedTable[]) =>
  ["| table | one row is | for |", "|---|---|---|", ...tables.map(contentsRow)].join("\n");

const contentsRow = (table: PublishedTable) =>
  `| [${table.title}](#${pathOf(table).replaceAll("/", "")}) (\`${pathOf(table)}\`) | ${cell(table.grain.replace(/^one row per /, ""))} | ${READERS[table.audience]} |`;

/** Where there are audiences. */
const READERS = { leadership: "all", teams: "teams, auditors", audit: "auditors" } as const;

const pathOf = ({ name }: PublishedTable) => tablePath(name);

function section(table: PublishedTable): string {
  const { title, grain, description, part, columns } = table;
  const about = [`${title}: ${grain.trim()}.`, description, part === null ? "" : `*By ${part}.*`];
  return [
    `### ${pathOf(table)}`,
    cell(about.filter((text) => text !== "").join(" ")),
    [
      "| column | type | meaning |",
      "|---|---|---|",
      ...columns.map(({ name, type, description: is }) => `| \`${name}\` | ${type} | ${cell(is)} |`),
    ].join("\n"),
  ].join("\n\n");
}

const cell = (text: string) => text.replaceAll("|", "\\|").replace(/\s+/g, " ").trim();
