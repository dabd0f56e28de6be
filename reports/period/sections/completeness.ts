import {
  heading,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
  type Text,
} from "../../layout/nodes.ts";
import { count, some, type Times } from "../../release/words.ts";
import { madeFromNodes } from "../../folder/made-from.ts";
import type { PeriodPackData, PopulationRow, RejectedRow, SourceRow, SourceVerdictRow } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs, controlLink, statusText } from "../words.ts";

/** How the populations were made, and what says that they are whole: the page that auditors use most. */
export function completenessSection(data: PeriodPackData, times: Times, tables: PeriodTables): Section {
  return {
    id: "completeness",
    title: "Completeness and accuracy",
    nodes: [
      paragraph(
        "Everything in this pack was read from the sources below. What they do not hold, or what was not collected, is not in it. A total that the source itself declares is compared with what is held; where it declares none, somebody has to assert that it is complete, and is named.",
      ),
      heading(3, "Populations of the period", "completeness.populations"),
      ...populationTable(data.populations, tables),
      ...leftOut(data, times, tables),
      heading(3, "What was asked of each source, and whether it is complete", "completeness.sources"),
      ...verdictTable(data.sourceVerdicts, data.sources, tables),
      heading(3, "What each stream holds", "completeness.streams"),
      ...streamTable(data, times, tables),
      heading(3, "What the figures were made from", "completeness.build"),
      ...madeFrom(data, times),
      ...digestTable(data.sources),
    ],
  };
}

function populationTable(populations: readonly PopulationRow[], tables: PeriodTables): DocumentNode[] {
  if (populations.length === 0)
    return [
      note(
        "Nothing of what controls look at is held: neither deployments nor change requests, releases or incidents.",
      ),
    ];
  return [
    table({
      caption: "Populations that controls and samples are drawn from",
      columns: [
        { title: "Population" },
        { title: "Query, SHA-256 of its text" },
        { title: "Held", align: "right" },
        { title: "Of the period", align: "right" },
        { title: "Without time", align: "right" },
        { title: "Left out", align: "right" },
        { title: "File, its SHA-256" },
      ],
      rows: populations.map((row) => [
        row.population,
        `${row.relation} ${row.sha256?.slice(0, 16) ?? ""}`,
        count(row.held),
        count(row.units),
        count(row.without_time),
        count(row.excluded),
        fileOf(row, tables),
      ]),
      note: "Held: in the database, all time and services. Without time: belongs to no period, so that it is in none. Left out: listed below, with the reason. Hashes are shortened to 16 digits; the manifest has them whole. These queries are attached and described under “Method”; all that they read lies in sql/ beside this PDF.",
    }),
  ];
}

function fileOf({ csv }: PopulationRow, tables: PeriodTables): string {
  const attached = csv === null ? undefined : tables.of(csv);
  return attached === undefined ? "–" : `${attached.file} ${attached.sha256.slice(0, 16)}`;
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  skipped: "skipped by the pipeline",
  configuration: "left out by configuration",
  "no status": "without a status",
  "after as-of": "after as-of",
};

function leftOut(
  { excluded, leftOut: kinds, deployments }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): DocumentNode[] {
  const population = `${some(deployments.length, "production deployment")} ${deployments.length === 1 ? "is" : "are"} in the population, those that failed or were cancelled included.`;
  if (excluded.length === 0) return [paragraph(`${population} None is left out.`)];
  const counted = kinds
    .map((row) => `${count(row.deployments)} ${LEFT_OUT[row.kind] ?? row.kind}`)
    .join(", ");
  return [
    paragraph(
      `${population} ${some(excluded.length, "record")} of the period ${excluded.length === 1 ? "is" : "are"} left out: ${counted}.`,
    ),
    table({
      caption: `Production deployments that are left out (${count(excluded.length)})`,
      columns: [
        { title: "Deployment" },
        { title: "Service" },
        { title: "Began" },
        { title: "Result" },
        { title: "Reason" },
      ],
      rows: excluded.map((row) => [
        row.deployment_id,
        row.service,
        times.minute(row.occurred_at),
        row.status,
        row.excluded_reason,
      ]),
      note: attachedAs(tables.of("excluded")),
    }),
  ];
}

function verdictTable(
  verdicts: readonly SourceVerdictRow[],
  sources: readonly SourceRow[],
  tables: PeriodTables,
): DocumentNode[] {
  if (verdicts.length === 0) return [note("No source is configured.")];
  const queries = new Map(sources.map(({ source, queries_sha256 }) => [source, queries_sha256]));
  return [
    table({
      caption: `Sources (${count(verdicts.length)})`,
      columns: [
        { title: "Source" },
        { title: "Complete?" },
        { title: "Why" },
        { title: "Asked for" },
        { title: "Staging SQL" },
      ],
      rows: verdicts.map((row) => [
        `${row.source} (${row.collector})`,
        statusText(row.status),
        row.reason,
        asked(row.asked),
        queries.get(row.source)?.slice(0, 16) ?? null,
      ]),
      note: [
        "The verdict is that of ",
        controlLink("POP-03"),
        ", as of now and not of the period. Asked for: as in the configuration, secrets left out, shortened; ",
        ...spans(attachedAs(tables.of("source-verdicts"), "whole in the file.")),
        " Staging SQL: SHA-256 over the queries that read this kind of source, 16 digits.",
      ],
    }),
  ];
}

const LONGEST = 160;

const asked = (text: string | null): string | null =>
  text === null || text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;

const spans = (text: Text) => (Array.isArray(text) ? text : [text]) as readonly (string | { text: string })[];

function streamTable(
  { sources, rejected }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): DocumentNode[] {
  if (sources.length === 0) return [note("No source is configured.")];
  return [
    table({
      caption: `Streams (${count(sources.length)})`,
      columns: [
        { title: "Source and stream" },
        { title: "Oldest" },
        { title: "Newest" },
        { title: "Rows", align: "right" },
        { title: "Declared, or asserted by" },
        { title: "Difference", align: "right" },
        { title: "Rejected", align: "right" },
      ],
      rows: sources.map((row) => [
        [row.source, { text: `\n${row.stream ?? "nothing read yet"}`, tone: "muted" as const }],
        times.day(row.oldest_at),
        times.day(row.newest_at),
        count(row.records),
        stated(row),
        row.difference === null
          ? null
          : {
              text: count(row.difference),
              ...(row.difference === 0 ? {} : { strong: true, tone: "worse" as const }),
            },
        {
          text: count(row.rejected_rows),
          ...(row.rejected_rows > 0 ? { strong: true, tone: "worse" as const } : {}),
        },
      ]),
      note: attachedAs(
        tables.of("sources"),
        "Oldest and newest: of the events themselves. Difference: declared less held. Rejected: rows that could not be read and are missing here. An assertion that covers only some services of the scope for the whole period says how many.",
      ),
    }),
    ...rejectedRows(sources, rejected),
  ];
}

function stated({
  declared_total,
  asserted_by,
  asserted_services,
  services,
  is_collected,
  stream,
}: SourceRow): Text {
  if (stream === null || !is_collected) return { text: "not read to its end yet", tone: "worse" };
  if (declared_total !== null) return `declares ${count(declared_total)}`;
  if (asserted_by === null) return { text: "neither", tone: "muted" };
  return asserted_services === services
    ? asserted_by
    : `${asserted_by}, for ${count(asserted_services)} of ${some(services, "service")}`;
}

/** What could not be read may belong to the period: nobody can tell of when it is. */
function rejectedRows(sources: readonly SourceRow[], rows: readonly RejectedRow[]): DocumentNode[] {
  const rejected = sources.reduce((sum, { rejected_rows }) => sum + rejected_rows, 0);
  if (rejected === 0) return [];
  return [
    note(
      `${some(rejected, "row")} could not be read and ${rejected === 1 ? "is" : "are"} missing here, so the populations may be larger by as many.`,
    ),
    table({
      caption: `Rows that could not be read (${rows.length < rejected ? `the first ${count(rows.length)} of ` : ""}${count(rejected)})`,
      columns: [
        { title: "Source and stream" },
        { title: "File and line" },
        { title: "Column" },
        { title: "Reason" },
      ],
      rows: rows.map(({ source, stream, file, line, column_name, reason }) => [
        `${source}\n${stream}`,
        file === null ? null : `${file}${line === null ? "" : `:${line}`}`,
        column_name,
        reason,
      ]),
    }),
  ];
}

function madeFrom({ provenance, queries }: PeriodPackData, times: Times): DocumentNode[] {
  const local = queries.filter(({ isLocal }) => isLocal);
  return madeFromNodes(provenance, times, [
    [
      "Local rules",
      local.length === 0 ? "none" : local.map(({ relation, sha256 }) => `${relation} ${sha256}`).join("\n"),
    ],
  ]);
}

function digestTable(sources: readonly SourceRow[]): DocumentNode[] {
  const held = sources.filter(({ records_sha256 }) => records_sha256 !== null);
  if (held.length === 0) return [];
  return [
    table({
      caption: `Records digest of each stream (${count(held.length)})`,
      columns: [{ title: "Source" }, { title: "Stream" }, { title: "SHA-256" }],
      rows: held.map((row) => [row.source, row.stream, row.records_sha256]),
    }),
  ];
}
