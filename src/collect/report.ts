import { nothingAsked, type RejectedRow, type Usage } from "../../collectors/contract.ts";
import { printable } from "../printable.ts";
import type { Stored } from "../warehouse/store.ts";
import type { Gap } from "./gaps.ts";
import { amount, duration } from "./words.ts";

export interface StreamReport extends Stored {
  readonly source: string;
  readonly stream: string;
  /** `stopped`: the run was not to cost more. `skipped`: not asked, since an earlier stream of the source failed or stopped. */
  readonly status: "completed" | "failed" | "stopped" | "skipped";
  readonly rejected: number;
  /** What was wrong with the first of them: often with all. */
  /** The first of them. */
  readonly rejectedRows?: readonly RejectedRow[];
  readonly seconds: number;
  readonly usage: Usage;
  /** Why it failed, stopped or was skipped, and what to do. */
  readonly message?: string;
}

export interface RunReport {
  readonly runId: number;
  readonly streams: readonly StreamReport[];
  readonly warnings: readonly string[];
  /** Of the sources that were read. */
  readonly gaps: readonly Gap[];
}

/** 0 everything read, 1 rows were rejected or the run was to stop before all was read, 2 a source failed. */
export function exitCodeOf({ streams }: RunReport): 0 | 1 | 2 {
  if (streams.some(({ status }) => status === "failed")) return 2;
  return streams.some(({ rejected, status }) => rejected > 0 || status === "stopped") ? 1 : 0;
}

/** Rejected rows that are said one by one. */
export const MOST_REJECTED = 10;

/** What a run did, for a person: one line per stream, what asking cost, then what needs attention. */
export function reportLines({ runId, streams, warnings, gaps }: RunReport): string[] {
  const width = Math.max(0, ...streams.map(({ source, stream }) => `${source} ${stream}`.length));
  const lines = streams.map((report) => {
    const name = `${report.source} ${report.stream}`.padEnd(width);
    return `  ${name}  ${outcome(report)}`;
  });
  const rejected = streams.reduce((sum, report) => sum + report.rejected, 0);
  const shown = streams.flatMap(({ rejectedRows = [] }) => rejectedRows).slice(0, MOST_REJECTED);
  return [
    `Run ${runId}`,
    ...lines,
    ...totals(streams),
    ...gaps.map(({ subject, effect, remedy }) => `  missing: ${subject}: ${effect} ${remedy}`),
    ...warnings.map((warning) => indented(`  warning: ${warning}`)),
    ...shown.map(reasonOf),
    ...(rejected > 0
      ? [
          `${rejected > shown.length ? `  and ${rejected - shown.length} more\n` : ""}  ${rejected} rejected ${rejected === 1 ? "row is" : "rows are"} kept with file, line and reason: ` +
            "`quarterdeck query current_rejected_row`",
        ]
      : []),
  ].map(printable);
}

const reasonOf = ({ file, line, column, reason }: RejectedRow) =>
  indented(`  rejected: ${file}:${line}: ${column === undefined ? "" : `${column}: `}${reason}`);

function outcome(report: StreamReport): string {
  if (report.status === "skipped") return `not read: ${report.message ?? ""}`;
  return report.status === "completed" ? counts(report) : early(report);
}

/** What was stored before it failed or stopped stays, and is said. */
function early({ message, ...report }: StreamReport): string {
  const isFailed = report.status === "failed";
  const isAsked = report.stored + report.deleted + report.usage.calls > 0;
  const kept = isAsked ? `    kept before it ${isFailed ? "failed" : "stopped"}: ${counts(report)}` : "";
  return [indented(`${isFailed ? "failed: " : ""}${message ?? ""}`), kept].filter((line) => line !== "").join("\n");
}

/** What asking each source cost. Files are not asked. */
function totals(streams: readonly StreamReport[]): string[] {
  const sources = [...new Set(streams.map(({ source }) => source))];
  return sources.flatMap((source) => {
    const own = streams.filter((report) => report.source === source);
    const usage = own.map((report) => report.usage).reduce(sum, nothingAsked());
    const records = own.reduce((all, { stored, unchanged, deleted }) => all + stored + unchanged + deleted, 0);
    return usage.calls === 0 ? [] : [`  ${source} in all: ${amount(records, "record")} for ${costOf(usage)}`];
  });
}

const sum = (a: Usage, b: Usage): Usage => ({
  calls: a.calls + b.calls,
  retries: a.retries + b.retries,
  waited: a.waited + b.waited,
  ...((a.points ?? b.points) !== undefined && { points: (a.points ?? 0) + (b.points ?? 0) }),
});

/** `312 requests, 140 points, 2 retries, waited 3 s`. */
function costOf({ calls, points, retries, waited }: Usage): string {
  return [
    amount(calls, "request"),
    ...(points === undefined ? [] : [amount(points, "point")]),
    ...(retries > 0 ? [amount(retries, "retry")] : []),
    ...(waited > 0 ? [`waited ${duration(waited)}`] : []),
  ].join(", ");
}

const indented = (text: string) => text.replaceAll("\n", "\n    ");

function counts({ stored, unchanged, deleted, rejected, seconds, usage }: Omit<StreamReport, "message">): string {
  const parts = [
    `${stored} new or changed`,
    `${unchanged} unchanged`,
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
  ];
  const cost = usage.calls > 0 ? `; ${costOf(usage)}` : "";
  return `${parts.join(", ")} (${seconds.toFixed(1)} s${cost})`;
}
