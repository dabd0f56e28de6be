import { collectorOf, type SourceConfig } from "../../collectors/registry.ts";
import type { Stream, StreamContext } from "../../collectors/contract.ts";
import type { LoadedConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { DataError, UsageError } from "../errors.ts";
import { forgetKeys, readCursor, storePage, type Stored } from "../warehouse/store.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { progressFor, type Progress } from "./progress.ts";
import type { RunReport, StreamReport } from "./report.ts";
import { beginRun, endRun, recordStream, type StreamEnd } from "./run-log.ts";

export interface CollectOptions {
  /** Names of the sources to read; none = all. */
  readonly sources?: readonly string[];
  readonly version: string;
}

interface Run {
  readonly warehouse: Warehouse;
  readonly effects: Effects;
  readonly runId: number;
  readonly startedAt: Date;
  readonly progress: Progress;
  readonly directory: string;
  readonly warnings: string[];
}

/**
 * Reads every source from where the last run stopped. Each page is stored together with its cursor, so an
 * interrupted run goes on without loss or repetition. A source that fails leaves the others alone.
 */
export async function collect(
  warehouse: Warehouse,
  { config, directory }: LoadedConfig,
  effects: Effects,
  { sources, version }: CollectOptions,
): Promise<RunReport> {
  const chosen = chosenSources(config.sources, sources);
  const startedAt = effects.now();
  const runId = await beginRun(warehouse, { ...effects, now: () => startedAt }, version);
  const run = { warehouse, effects, runId, startedAt, progress: progressFor(effects), directory, warnings: [] };
  const streams: StreamReport[] = [];
  try {
    for (const [source, options] of chosen) streams.push(...(await collectSource(run, source, options)));
  } finally {
    run.progress.stop();
  }
  const isComplete = streams.every(({ status }) => status === "completed");
  await endRun(warehouse, effects, runId, isComplete ? "completed" : "incomplete");
  return { runId, streams, warnings: run.warnings };
}

/** What a run would read, by source, without reading it. */
export async function collectionPlan(
  warehouse: Warehouse | undefined,
  { config, directory }: LoadedConfig,
  sources?: readonly string[],
): Promise<string[]> {
  const lines: string[] = [];
  for (const [source, options] of chosenSources(config.sources, sources)) {
    const collector = collectorOf(options);
    const cursors: Record<string, Awaited<ReturnType<typeof readCursor>>> = {};
    for (const { name } of collector.streams(options)) {
      cursors[name] = warehouse && (await readCursor(warehouse, source, name));
    }
    const context: StreamContext = {
      baseDirectory: directory,
      report: () => undefined,
      warn: (message) => lines.push(`  warning: ${message}`),
    };
    const planned = await collector.plan(options, context, cursors);
    lines.push(`${source} (${options.collector})`, ...planned.map((line) => `  ${line}`));
  }
  return lines;
}

function chosenSources(
  all: Readonly<Record<string, SourceConfig>>,
  names: readonly string[] | undefined,
): [string, SourceConfig][] {
  const unknown = names?.find((name) => !Object.hasOwn(all, name));
  const known = Object.keys(all).join(", ") || "none";
  if (unknown !== undefined) throw new UsageError(`there is no source ${unknown}; quarterdeck.yaml has: ${known}`);
  if (Object.keys(all).length === 0) {
    throw new UsageError("quarterdeck.yaml has no sources: add one under `sources`, or let `quarterdeck init` write one");
  }
  return Object.entries(all).filter(([name]) => names === undefined || names.includes(name));
}

async function collectSource(run: Run, source: string, options: SourceConfig): Promise<StreamReport[]> {
  const reports: StreamReport[] = [];
  for (const stream of collectorOf(options).streams(options)) {
    const report = await collectStream(run, source, options, stream);
    reports.push(report);
    // Later streams of a source build on earlier ones.
    if (report.status === "failed") break;
  }
  return reports;
}

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
  };
  let counts: Stored = { stored: 0, unchanged: 0, deleted: 0 };
  let pages = 0;
  let rejected = 0;
  let declaredTotal: number | undefined;
  try {
    await forgetKeys(warehouse);
    for await (const page of stream.pages(options, await readCursor(warehouse, source, stream.name), context)) {
      counts = sum(counts, await storePage(warehouse, target, page));
      pages += 1;
      rejected += page.rejected?.length ?? 0;
      declaredTotal = page.declaredTotal ?? declaredTotal;
      progress.advance(source, stream.name, counts.stored + counts.unchanged);
    }
    return { status: "completed", pages, counts, rejected, declaredTotal };
  } catch (error) {
    // The database itself is at fault: no other source would fare better.
    if (error instanceof DataError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return { status: "failed", pages, counts, rejected, declaredTotal, message };
  }
}

const sum = (a: Stored, b: Stored): Stored => ({
  stored: a.stored + b.stored,
  unchanged: a.unchanged + b.unchanged,
  deleted: a.deleted + b.deleted,
});
