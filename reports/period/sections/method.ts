import {
  heading,
  keyValues,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
} from "../../layout/nodes.ts";
import { PEOPLE } from "../../folder/made-from.ts";
import type { PackQuery } from "../../pack-queries.ts";
import { count, type Times } from "../../release/words.ts";
import { rulesTable } from "../../release/sections/method.ts";
import type { PeriodPackData } from "../data.ts";
import { recordPlace, type PeriodTables } from "../tables.ts";
import { attachedAs } from "../words.ts";

/** How everything was made, what that proves and what it does not. */
export function methodSection(data: PeriodPackData, times: Times, tables: PeriodTables): Section {
  const { queries, scope, populations } = data;
  const makers = new Set(populations.map(({ relation }) => relation));
  return {
    id: "method",
    title: "Method",
    nodes: [
      ...introduction([
        ["period_from", inZone(scope.period_from, times)],
        ["period_until", `${inZone(scope.period_until, times)}, not included`],
        ["period_services", scope.is_whole ? "empty: all" : "those on the cover"],
        ["period_framework", scope.framework ?? "empty: all"],
        ["time_zone", times.zone],
      ]),
      ...dates(times),
      ...recordNodes(data, tables),
      ...mappingNodes(data, tables),
      ...proof,
      heading(3, "Populations", "method.populations"),
      ...rulesTable(
        "Queries that decide what is in a population",
        queries.filter(({ relation }) => makers.has(relation)),
      ),
      ...queryNodes(queries),
    ],
  };
}

const inZone = (instant: string, { minute, zone }: Times): string =>
  `${minute(instant) ?? instant} in ${zone}`;

/** The same for any pack. */
export const methodNodes = (queries: readonly PackQuery[], times: Times): DocumentNode[] => [
  ...introduction([]),
  ...dates(times),
  heading(3, "From an id to its record", "method.records"),
  ...recordWords,
  ...proof,
  ...queryNodes(queries),
];

const introduction = (parameters: readonly (readonly [string, string])[]): DocumentNode[] => [
  paragraph(
    "Every figure and list in this pack is the result of a query over the collected records. The queries that are listed below are attached as they ran; they and all that they read lie in sql/ beside this PDF. A reader who has the database can run them again. Those of the pack itself read what it is about as parameters.",
  ),
  ...(parameters.length === 0 ? [] : [keyValues(parameters)]),
];

const dates = ({ zone }: Times): DocumentNode[] => [
  heading(3, "What dates and names mean", "method.dates"),
  paragraph(
    `Times in this document are in the time zone ${zone}. Files beside it hold instants in UTC, with a Z at their end. A date of an event is the one that its source gives. As-of is the instant up to which events count. It is also the date in the properties of this PDF and of what is attached to it, so that the same inputs give the same bytes: it does not say when the file was made. When and in which runs records were collected is in collection-log.csv, which lies beside this PDF because collecting the same records again must not alter it.`,
  ),
  paragraph(
    "What was collected is chained from the first collection on (evidence-log.jsonl). POP-07 and that chain reach back to when a record was collected, and no further: what a source altered before, neither can tell.",
  ),
  paragraph(`People: ${PEOPLE}.`),
];

const recordWords: readonly DocumentNode[] = [
  paragraph(
    "An id is the name of its source, a colon, and what that source calls the record: pipeline:R1 is R1 of the source pipeline. A # and a number at the end of a deployment's id is its attempt. A release is named by service and version (payments@2.4.0): it is no record of its own, its deployments are. The columns evidence and findings of the tables hold such ids too.",
  ),
  paragraph(
    "evidence/index.json says for each source and stream, which is a kind of record, in which file it lies: evidence/<source>/<stream>.jsonl. A line is a record: “key” is what it is known by in its stream (the id, or a list that begins with it), “sha256” its hash when it was collected, over source, stream, key and payload, and “payload” what the source said. Where “reduced” stands, evidence/redactions.csv says which fields were left out. To find any id:",
  ),
  paragraph("grep -nF '<id without its source>' evidence/<source>/*.jsonl", "code"),
];

const EXAMPLES = 3;

function recordNodes({ records }: PeriodPackData, tables: PeriodTables): DocumentNode[] {
  const examples = records
    .map(recordPlace)
    .filter(({ file }) => file !== null)
    .slice(0, EXAMPLES);
  return [
    heading(3, "From an id to its record", "method.records"),
    ...recordWords,
    ...(examples.length === 0
      ? []
      : [
          table({
            caption: "Where records are, for example",
            columns: [
              { title: "Id" },
              { title: "File" },
              { title: "Line", align: "right" },
              { title: "SHA-256" },
            ],
            rows: examples.map(({ unit, file, line, sha256 }) => [
              String(unit),
              String(file),
              String(line),
              String(sha256),
            ]),
            note: attachedAs(
              tables.of("records"),
              "It has the record of every unit that fails; VERIFY.md follows one and computes its hash.",
            ),
          }),
        ]),
  ];
}

function mappingNodes({ mappings }: PeriodPackData, tables: PeriodTables): DocumentNode[] {
  const title = heading(3, "What mappings change", "method.mapping");
  if (mappings.length === 0)
    return [
      title,
      note("No source renames columns or converts values: records are kept in the words of their source."),
    ];
  return [
    title,
    paragraph(
      "Records are kept in the words of their source, except those of the files below: the organisation's own mapping renames their columns, converts values and reads times before a record is kept, so what lies in evidence/ is what came of it. The files as they were are with whoever wrote them. The mapping as used is in config/quarterdeck.json, under “sources”.",
    ),
    table({
      caption: `Files that are mapped (${count(mappings.length)})`,
      columns: [
        { title: "Source and file" },
        { title: "Record" },
        { title: "Columns renamed" },
        { title: "Values converted; lists and times read" },
      ],
      rows: mappings.map((row) => [
        [row.source, { text: `\n${row.path}`, tone: "muted" as const }],
        row.entity.replaceAll("_", " "),
        row.renamed,
        [
          row.converted,
          row.split === null ? null : `lists: ${row.split}`,
          row.times === null ? null : `times: ${row.times}`,
        ]
          .filter((part) => part !== null)
          .join("\n") || null,
      ]),
      note: attachedAs(
        tables.of("mapping"),
        "Left of an arrow what the file says, right of it what is kept.",
      ),
    }),
  ];
}

const proof: readonly DocumentNode[] = [
  heading(3, "What this pack proves, and what not", "method.proof"),
  paragraph(
    "Hashes show that no file was altered since the pack was made. A signature shows in addition that whoever holds its key made it, if the reader got the public key from elsewhere than this pack. An unsigned pack proves nothing against somebody who rewrites files and hashes together.",
  ),
  paragraph(
    "Neither shows that the sources told the truth, that everything was collected, or that people did what the records say. Each deviation can be followed to the records behind it.",
  ),
];

function queryNodes(queries: readonly PackQuery[]): DocumentNode[] {
  const own = queries.filter(({ isOwn, relation }) => isOwn === true || relation.startsWith("reports."));
  const rules = queries.filter((query) => query.rule !== null && !own.includes(query));
  return [
    heading(3, "Rules", "method.rules"),
    ...rulesTable("Rules that the figures follow", rules),
    heading(3, "Tables of this pack", "method.tables"),
    ...rulesTable("Queries whose results are printed", own),
  ];
}
