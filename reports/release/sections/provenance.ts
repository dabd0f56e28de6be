import {
  heading,
  keyValues,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
} from "../../layout/nodes.ts";
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
      keyValues([
        ["As of", `${times.minute(provenance.as_of)} (${provenance.as_of}); later events are left out`],
        ["Collection run", provenance.run_id === null ? "not recorded" : String(provenance.run_id)],
        ["Head of the collection log", provenance.chain_sha256 ?? "nothing was collected"],
        ["Configuration", provenance.configuration_sha256],
        ["Build", provenance.build_fingerprint],
        ["Made by", `Quarterdeck ${provenance.product_version}`],
      ]),
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
        { title: "Last collected" },
        { title: "Run", align: "right" },
        { title: "State" },
      ],
      rows: sources.map((row) => [
        `${row.source} (${row.collector})`,
        row.stream,
        count(row.records),
        row.declared_total === null ? null : count(row.declared_total),
        { text: count(row.rejected_rows), tone: row.rejected_rows > 0 ? "worse" : "ink" },
        times.minute(row.collected_at) ?? "never",
        row.last_run_id === null ? null : String(row.last_run_id),
        state(row),
      ]),
      note: "Source says: how many records the source itself stated in its last answer, where it does. Attached as sources.csv.",
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

function state({ last_status, last_message }: SourceRow): string {
  if (last_status === null) return "never collected";
  return last_message === null ? last_status : `${last_status}: ${last_message}`;
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
