import type { Collector, RejectedRow, Stream, StreamContext } from "../../collectors/contract.ts";
import { collectorOf, type SourceConfig } from "../../collectors/registry.ts";
import type { LoadedConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { DataError, KnownError } from "../errors.ts";
import { forgetKeys, readCursor, storePage, type Stored } from "../warehouse/store.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { storedRecords } from "../warehouse/stored.ts";
import { progressFor, type Progress } from "./progress.ts";
import type { RunReport, StreamReport } from "./report.ts";
import { beginRun, endRun, recordStream, type StreamEnd } from "./run-log.ts";
import { chosenSources } from "./sources.ts";

export interface CollectOptions {
  /** Names of the sources to read; none = all. */
  readonly sources?: readonly string[];
  readonly version: string;
  /** Finds the collector of a source; left out = the registry. */
  readonly collectorOf?: (source: SourceConfig) => Promise<Collector>;
}

interface Run {
  readonly warehouse: Warehouse;
  readonly effects: Effects;
  readonly runId: number;
  readonly startedAt: Date;
  readonly progress: Progress;
  readonly directory: string;
  readonly warnings: string[];
  readonly collectorOf: (source: SourceConfig) => Promise<Collector>;
}

/**
 * Reads every source from where the last run stopped. Each page is stored together with its cursor, so an
 * interrupted run goes on without loss or repetition. A source that fails leaves the others alone.
 */
export async function collect(
  warehouse: Warehouse,
  loaded: LoadedConfig,
  effects: Effects,
  options: CollectOptions,
): Promise<RunReport> {
  const chosen = chosenSources(loaded, options.sources);
  const run = await begin(warehouse, loaded, effects, options);
  const streams: StreamReport[] = [];
  try {
    for (const [source, config] of chosen) streams.push(...(await collectSource(run, source, config)));
  } finally {
    run.progress.stop();
  }
  const isComplete = streams.every(({ status }) => status === "completed");
  await endRun(warehouse, effects, run.runId, isComplete ? "completed" : "incomplete");
  return { runId: run.runId, streams, warnings: run.warnings };
}

async function begin(
  warehouse: Warehouse,
  { directory }: LoadedConfig,
  effects: Effects,
  { version, collectorOf: find = collectorOf }: CollectOptions,
): Promise<Run> {
  const startedAt = effects.now();
  const runId = await beginRun(warehouse, startedAt, version);
  const progress = progressFor(effects);
  return { warehouse, effects, runId, startedAt, progress, directory, warnings: [], collectorOf: find };
}

async function collectSource(run: Run, source: string, options: SourceConfig): Promise<StreamReport[]> {
  const reports: StreamReport[] = [];
  const collector = await run.collectorOf(options);
  for (const stream of collector.streams(options)) {
    const isBlocked = reports.some((report) => report.status !== "completed" && isNeeded(stream, report.stream));
    reports.push(isBlocked ? skipped(source, stream.name) : await collectStream(run, source, options, stream));
  }
  return reports;
}

/** Later streams of a source build on earlier ones, unless they say on which. */
const isNeeded = ({ needs }: Stream<unknown>, earlier: string): boolean => needs?.includes(earlier) ?? true;

const skipped = (source: string, stream: string): StreamReport => ({
  ...{ source, stream, status: "skipped", rejected: 0, seconds: 0 },
  ...NOTHING,
});

async function collectStream(
  run: Run,
  source: string,
  options: SourceConfig,
  stream: Stream<unknown>,
): Promise<StreamReport> {
  const { warehouse, effects, runId, startedAt } = run;
  const target = { source, stream: stream.name, runId, fetchedAt: startedAt };
  const began = effects.now().getTime();
  const end = await readStream(run, target, options, stream);
  const finishedAt = effects.now();
  await recordStream(warehouse, target, finishedAt, end);
  return {
    source,
    stream: stream.name,
    status: end.status,
    ...end.counts,
    rejected: end.rejected,
    seconds: (finishedAt.getTime() - began) / 1000,
    ...(end.firstRejected === undefined ? {} : { firstRejected: end.firstRejected }),
    ...(end.message === undefined ? {} : { message: end.message }),
  };
}

async function readStream(
  run: Run,
  target: { source: string; stream: string; runId: number; fetchedAt: Date },
  options: SourceConfig,
  stream: Stream<unknown>,
): Promise<StreamEnd> {
  const { warehouse, progress, warnings, directory } = run;
  const { source } = target;
  const context: StreamContext = {
    baseDirectory: directory,
    report: (message) => progress.report(source, stream.name, message),
    warn: (message) => warnings.push(`${source}: ${message}`),
    stored: storedRecords(warehouse, target),
  };
  let counts = NOTHING;
  let pages = 0;
  let rejected = 0;
  let firstRejected: RejectedRow | undefined;
  let declaredTotal: number | undefined;
  try {
    await forgetKeys(warehouse);
    for await (const page of stream.pages(options, await readCursor(warehouse, source, stream.name), context)) {
      counts = sum(counts, await storePage(warehouse, target, page));
      pages += 1;
      rejected += page.rejected?.length ?? 0;
      firstRejected ??= page.rejected?.[0];
      declaredTotal = page.declaredTotal ?? declaredTotal;
      progress.advance(source, stream.name, counts.stored + counts.unchanged);
    }
    return { status: "completed", pages, counts, rejected, firstRejected, declaredTotal };
  } catch (error) {
    // The database itself is at fault: no other source would fare better.
    if (error instanceof DataError) throw error;
    return { status: "failed", pages, counts, rejected, firstRejected, declaredTotal, message: failureOf(error, options) };
  }
}

/** A known failure in its own words; anything else is a bug of the collector and needs its stack. */
function failureOf(error: unknown, { collector }: SourceConfig): string {
  if (error instanceof KnownError) return error.message;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `this is a bug in the collector ${collector}; please report it with what follows\n${stack}`;
}

const NOTHING: Stored = { stored: 0, unchanged: 0, deleted: 0 };

const sum = (a: Stored, b: Stored): Stored => ({
  stored: a.stored + b.stored,
  unchanged: a.unchanged + b.unchanged,
  deleted: a.deleted + b.deleted,
});
