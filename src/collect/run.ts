import { inspect } from "node:util";
import { type Collector, nothingAsked, type RejectedRow, type Stream, type StreamContext, type Usage } from "../../collectors/contract.ts";
import { collectorOf, type SourceConfig } from "../../collectors/registry.ts";
import type { LoadedConfig } from "../config/load.ts";
import { withoutSecretsOf } from "../config/secret.ts";
import type { Effects } from "../effects.ts";
import { DataError, KnownError, SourceError } from "../errors.ts";
import { forgetKeys, readCursor, storePage, type Stored, type StreamTarget } from "../warehouse/store.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { storedRecords } from "../warehouse/stored.ts";
import { forecastSentences } from "./forecast.ts";
import { missingRecords } from "./gaps.ts";
import { progressFor, type Progress } from "./progress.ts";
import { MOST_REJECTED, type RunReport, type StreamReport } from "./report.ts";
import { beginRun, endRun, recordStream, type StreamEnd, wereReadToTheirEnd } from "./run-log.ts";
import { boundedBy, chosenSources } from "./sources.ts";

export interface CollectOptions {
  /** Names of the sources to read; none = all. */
  readonly sources?: readonly string[];
  readonly version: string;
  /** Points after which a source that counts them is not asked any further; left out = as configured. */
  readonly maxPoints?: number;
  /** Ends the run after the page that is being read. */
  readonly stop?: AbortSignal | undefined;
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
  readonly maxPoints: number | undefined;
  readonly stop: AbortSignal | undefined;
  /** Messages quote what a server answered, which may be what was sent to it. */
  readonly withoutSecrets: (text: string) => string;
  readonly collectorOf: (source: SourceConfig) => Promise<Collector>;
}

/** A source as a run reads it. */
interface Asked {
  readonly source: string;
  readonly options: SourceConfig;
  readonly isUnread: boolean;
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
  const gaps = await missingRecords(warehouse, chosen.map(([source]) => source));
  return { runId: run.runId, streams, warnings: run.warnings, gaps };
}

async function begin(
  warehouse: Warehouse,
  { config, directory }: LoadedConfig,
  effects: Effects,
  { version, maxPoints, stop, collectorOf: find = collectorOf }: CollectOptions,
): Promise<Run> {
  const startedAt = effects.now();
  const runId = await beginRun(warehouse, startedAt, version);
  const progress = progressFor(effects);
  const withoutSecrets = withoutSecretsOf(config);
  return { ...{ warehouse, effects, runId, startedAt, progress, directory, maxPoints, stop, withoutSecrets }, warnings: [], collectorOf: find };
}

async function collectSource(run: Run, source: string, configured: SourceConfig): Promise<StreamReport[]> {
  const reports: StreamReport[] = [];
  const collector = await run.collectorOf(configured);
  if (run.maxPoints !== undefined && !collector.bounded)
    run.warnings.push(`${source}: counts no points, so --max-points does not bound it`);
  const options = boundedBy(collector, configured, run.maxPoints);
  const streams = collector.streams(options);
  const names = streams.map(({ name }) => name);
  const asked = { source, options, isUnread: !(await wereReadToTheirEnd(run.warehouse, source, names)) };
  for (const stream of streams) {
    const reason = run.stop?.aborted === true ? STOPPED : whyNotRead(stream, reports);
    reports.push(reason === undefined ? await collectStream(run, asked, stream) : skipped(source, stream.name, reason));
  }
  return reports;
}

const STOPPED = "the run was asked to end; the next goes on from here";

function whyNotRead(stream: Stream<unknown>, earlier: readonly StreamReport[]): string | undefined {
  if (earlier.some(({ status }) => status === "stopped")) return "the run was to stop before; the next goes on";
  const isBlocked = earlier.some(({ status, stream: name }) => status !== "completed" && isNeeded(stream, name));
  return isBlocked ? "it builds on what failed before" : undefined;
}

/** Later streams of a source build on earlier ones, unless they say on which. */
const isNeeded = ({ needs }: Stream<unknown>, earlier: string): boolean => needs?.includes(earlier) ?? true;

const skipped = (source: string, stream: string, message: string): StreamReport => ({
  ...{ source, stream, status: "skipped", rejected: 0, seconds: 0, usage: nothingAsked(), message },
  ...NOTHING,
});

async function collectStream(
  run: Run,
  asked: Asked,
  stream: Stream<unknown>,
): Promise<StreamReport> {
  const { warehouse, effects, runId, startedAt } = run;
  const { source } = asked;
  const target = { source, stream: stream.name, runId, fetchedAt: startedAt };
  const began = effects.now().getTime();
  const end = await readStream(run, target, asked, stream);
  const finishedAt = effects.now();
  await recordStream(warehouse, target, finishedAt, end);
  return {
    source,
    stream: stream.name,
    status: end.status,
    ...end.counts,
    rejected: end.rejected,
    usage: end.usage,
    seconds: (finishedAt.getTime() - began) / 1000,
    ...(end.rejectedRows === undefined ? {} : { rejectedRows: end.rejectedRows }),
    ...(end.message === undefined ? {} : { message: end.message }),
  };
}

async function readStream(
  run: Run,
  target: StreamTarget,
  { source, options, isUnread }: Asked,
  stream: Stream<unknown>,
): Promise<StreamEnd> {
  const { warehouse, progress } = run;
  const usage = nothingAsked();
  const context: StreamContext = { ...contextOf(run, target, usage), isUnread };
  let counts = NOTHING;
  let pages = 0;
  let rejected = 0;
  const rejectedRows: RejectedRow[] = [];
  let declaredTotal: number | undefined;
  try {
    await forgetKeys(warehouse);
    for await (const page of stream.pages(options, await readCursor(warehouse, source, stream.name), context)) {
      counts = sum(counts, await storePage(warehouse, target, page));
      pages += 1;
      rejected += page.rejected?.length ?? 0;
      rejectedRows.push(...(page.rejected ?? []).slice(0, MOST_REJECTED - rejectedRows.length));
      declaredTotal = page.declaredTotal ?? declaredTotal;
      progress.advance(source, stream.name, counts.stored + counts.unchanged);
      if (run.stop?.aborted === true) throw new SourceError(source, "stopped", STOPPED);
    }
    return { status: "completed", pages, counts, rejected, rejectedRows, declaredTotal, usage };
  } catch (error) {
    // The database itself is at fault: no other source would fare better.
    if (error instanceof DataError) throw error;
    const status = error instanceof SourceError && error.failure === "stopped" ? "stopped" : "failed";
    const message = run.withoutSecrets(failureOf(error, options));
    return { status, pages, counts, rejected, rejectedRows, declaredTotal, usage, message };
  }
}

function contextOf(run: Run, target: StreamTarget, usage: Usage): StreamContext {
  const { warehouse, effects, progress, startedAt, warnings, directory, withoutSecrets } = run;
  const { source, stream } = target;
  return {
    baseDirectory: directory,
    report: (message) => progress.report(source, stream, withoutSecrets(message)),
    warn: (message) => warnings.push(`${source}: ${withoutSecrets(message)}`),
    now: startedAt,
    usage,
    stored: storedRecords(warehouse, target),
    storedOf: (other) => storedRecords(warehouse, { source, stream: other }),
    foresee: (forecast) => {
      for (const sentence of forecastSentences(forecast, effects.now()).ofRun) progress.say(source, sentence);
    },
  };
}

/** A known failure in its own words; anything else is a bug of the collector and needs its stack. */
function failureOf(error: unknown, { collector }: SourceConfig): string {
  if (error instanceof KnownError) return error.message;
  return `this is a bug in the collector ${collector}; please report it with what follows\n${inspect(error)}`;
}

const NOTHING: Stored = { stored: 0, unchanged: 0, deleted: 0 };

const sum = (a: Stored, b: Stored): Stored => ({
  stored: a.stored + b.stored,
  unchanged: a.unchanged + b.unchanged,
  deleted: a.deleted + b.deleted,
});
