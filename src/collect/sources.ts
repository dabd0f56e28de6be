import { collectorOf, type SourceConfig } from "../../collectors/registry.ts";
import { type Collector, type Json, nothingAsked, type StreamContext } from "../../collectors/contract.ts";
import { didYouMean } from "../config/suggest.ts";
import type { LoadedConfig } from "../config/load.ts";
import { UsageError } from "../errors.ts";
import { readCursor } from "../warehouse/store.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { storedRecords } from "../warehouse/stored.ts";
import { forecastSentences } from "./forecast.ts";

/**
 * The sources to read, in the order of the configuration; no names = all.
 * @throws {UsageError} for a name that is none, or when there is no source at all
 */
export function chosenSources({ config }: LoadedConfig, names: readonly string[] | undefined): [string, SourceConfig][] {
  const known = Object.keys(config.sources);
  if (known.length === 0) {
    throw new UsageError("quarterdeck.yaml has no sources: add one under `sources`, or let `quarterdeck init` write one");
  }
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, known) || `; quarterdeck.yaml has: ${known.join(", ")}`;
    throw new UsageError(`there is no source ${JSON.stringify(unknown)}${hint}`);
  }
  return Object.entries(config.sources).filter(([name]) => names === undefined || names.includes(name));
}

/** The options of a source that is asked no further after so many points; as they are, where it counts none. */
export const boundedBy = (collector: Collector, options: SourceConfig, maxPoints: number | undefined): SourceConfig =>
  (maxPoints === undefined ? undefined : (collector.bounded?.(options, maxPoints) as SourceConfig | undefined)) ?? options;

/** What a run would read, by source, without reading it; what it would cost, and what may be asked, where that is limited. */
export async function collectionPlan(
  warehouse: Warehouse | undefined,
  loaded: LoadedConfig,
  now: Date,
  { sources, maxPoints }: { readonly sources?: readonly string[] | undefined; readonly maxPoints?: number | undefined } = {},
): Promise<string[]> {
  const lines: string[] = [];
  for (const [source, options] of chosenSources(loaded, sources)) {
    const collector = await collectorOf(options);
    const bounded = boundedBy(collector, options, maxPoints);
    const cursors: Record<string, Json | undefined> = {};
    for (const { name } of collector.streams(options)) {
      cursors[name] = warehouse && (await readCursor(warehouse, source, name));
    }
    const foreseen: string[] = [];
    const context: StreamContext = {
      baseDirectory: loaded.directory,
      report: () => undefined,
      warn: (message) => lines.push(`  warning: ${message}`),
      usage: nothingAsked(),
      ...(warehouse && { storedOf: (stream) => storedRecords(warehouse, { source, stream }) }),
      foresee: (forecast) => foreseen.push(...forecastSentences(forecast, now).ofPlan),
    };
    const planned = await collector.plan(bounded, context, cursors);
    lines.push(`${source} (${options.collector})`, ...[...planned, ...foreseen].map((line) => `  ${line}`));
  }
  return lines;
}
