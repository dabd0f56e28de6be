import type { RejectedRow } from "../../collectors/contract.ts";
import { printable } from "../printable.ts";
import type { Stored } from "../warehouse/store.ts";

export interface StreamReport extends Stored {
  readonly source: string;
  readonly stream: string;
  /** `skipped`: not asked, since an earlier stream of the source failed. */
  readonly status: "completed" | "failed" | "skipped";
  readonly rejected: number;
  /** What was wrong with the first of them: often with all. */
  readonly firstRejected?: RejectedRow;
  readonly seconds: number;
  /** Why it failed, and what to do. */
  readonly message?: string;
}

export interface RunReport {
  readonly runId: number;
  readonly streams: readonly StreamReport[];
  readonly warnings: readonly string[];
}

/** 0 everything read, 1 rows were rejected, 2 a source failed. */
export function exitCodeOf({ streams }: RunReport): 0 | 1 | 2 {
  if (streams.some(({ status }) => status === "failed")) return 2;
  return streams.some(({ rejected }) => rejected > 0) ? 1 : 0;
}

/** What a run did, for a person: one line per stream, then what needs attention. */
export function reportLines({ runId, streams, warnings }: RunReport): string[] {
  const width = Math.max(0, ...streams.map(({ source, stream }) => `${source} ${stream}`.length));
  const lines = streams.map((report) => {
    const name = `${report.source} ${report.stream}`.padEnd(width);
    return `  ${name}  ${outcome(report)}`;
  });
  const rejected = streams.reduce((sum, report) => sum + report.rejected, 0);
  return [
    `Run ${runId}`,
    ...lines,
    ...warnings.map((warning) => indented(`  warning: ${warning}`)),
    ...streams.flatMap(({ firstRejected }) => (firstRejected ? [reasonOf(firstRejected)] : [])),
    ...(rejected > 0
      ? [
          `  ${rejected} rejected ${rejected === 1 ? "row is" : "rows are"} kept with file, line and reason: ` +
            "`quarterdeck query current_rejected_row`",
        ]
      : []),
  ].map(printable);
}

const reasonOf = ({ file, line, column, reason }: RejectedRow) =>
  indented(`  rejected: ${file}:${line}: ${column === undefined ? "" : `${column}: `}${reason}`);

function outcome(report: StreamReport): string {
  if (report.status === "skipped") return "not read: it builds on what failed before";
  return report.status === "failed" ? failure(report) : counts(report);
}

/** What was stored before it failed stays, and is said. */
function failure({ message, ...report }: StreamReport): string {
  const kept = report.stored + report.deleted > 0 ? `    kept before it failed: ${counts(report)}` : "";
  return [indented(`failed: ${message ?? ""}`), kept].filter((line) => line !== "").join("\n");
}

const indented = (text: string) => text.replaceAll("\n", "\n    ");

function counts({ stored, unchanged, deleted, rejected, seconds }: Omit<StreamReport, "message">): string {
  const parts = [
    `${stored} new or changed`,
    `${unchanged} unchanged`,
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
  ];
  return `${parts.join(", ")} (${seconds.toFixed(1)} s)`;
}
