import {
  heading,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
} from "../../layout/nodes.ts";
import { madeFromNodes } from "../../folder/made-from.ts";
import type { CompletenessRow, ReleasePackData, SourceRow } from "../data.ts";
import { count, some, type Times } from "../words.ts";

/** Where the data came from, how fresh it is and what could not be read: the page that auditors use most. */
export function provenanceSection(
  { sources, completeness, provenance }: ReleasePackData,
  times: Times,
): Section {
  return {
    id: "provenance",
    title: "Completeness and provenance",
    nodes: [
      paragraph(
        "Everything in this pack was read from the sources below. What they do not hold, or what was not collected, is not in it.",
      ),
      ...sourceTable(sources, times),
      heading(3, "What is said to be complete", "provenance.completeness"),
      ...completenessTable(completeness, times),
      heading(3, "What the figures were made from", "provenance.build"),
      ...madeFromNodes(provenance, times),
      ...digestTable(sources),
    ],
  };
}

function sourceTable(sources: readonly SourceRow[], times: Times): DocumentNode[] {
  if (sources.length === 0) return [note("No source is configured.")];
  const rejected = sources.filter(({ rejected_rows }) => rejected_rows > 0);
  return [
    table({
      caption: `Sources and streams (${count(sources.length)})`,
      columns: [
        { title: "Source" },
        { title: "Stream" },
        { title: "Records held", align: "right" },
        { title: "Source says", align: "right" },
        { title: "Rejected rows", align: "right" },
        { title: "Newest record" },
        { title: "Known" },
      ],
      rows: sources.map((row) => [
        `${row.source} (${row.collector})`,
        row.stream,
        count(row.records),
        row.declared_total === null ? null : count(row.declared_total),
        { text: count(row.rejected_rows), tone: row.rejected_rows > 0 ? "worse" : "ink" },
        times.minute(row.newest_at),
        known(row, times),
      ]),
      note: "Source says: how many records the source itself stated when last asked, where it does. Attached as sources.csv.",
    }),
    ...(rejected.length > 0
      ? [
          note(
            `${some(
              rejected.reduce((sum, { rejected_rows }) => sum + rejected_rows, 0),
              "row",
            )} could not be read and are missing here; “quarterdeck query” on raw.current_rejected_row lists them with their reasons.`,
          ),
        ]
      : []),
  ];
}

/** The last collection bounds the numbers only where it came before as-of. */
function known({ is_collected, collected_until }: SourceRow, times: Times): string {
  if (!is_collected) return "not read to its end yet";
  return collected_until === null ? "until as-of" : `until ${times.minute(collected_until) ?? ""}`;
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

function completenessTable(rows: readonly CompletenessRow[], times: Times): DocumentNode[] {
  if (rows.length === 0) {
    return [
      note(
        "Nobody has asserted that any kind of record is complete for this service. “complete” in the configuration of a file source states it, with the name of who says so.",
      ),
    ];
  }
  return [
    table({
      caption: `Assertions of completeness for the service (${count(rows.length)})`,
      columns: [
        { title: "Records" },
        { title: "Source" },
        { title: "From" },
        { title: "Until" },
        { title: "Who says so" },
      ],
      rows: rows.map((row) => [
        row.entity,
        row.source,
        times.minute(row.asserted_from) ?? "always",
        times.minute(row.asserted_until),
        row.asserted_by,
      ]),
      note: "Attached as completeness.csv.",
    }),
  ];
}
