import type { z } from "zod";

/** JSON as a source said it. Collectors do not interpret it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * One record of a stream. `key` is the source's own identifier, unique within the stream and stable
 * across runs. A `null` payload says that the source no longer has the record.
 */
export interface RawRecord {
  readonly key: string;
  /** When the source says it last changed: ISO 8601 with offset. */
  readonly updatedAt?: string;
  readonly payload: Json;
}

/** A row that could not be taken in. It is kept and counted; nothing is dropped in silence. */
export interface RejectedRow {
  readonly file: string;
  /** 1-based line (CSV, NDJSON) or record number (JSON, Parquet). */
  readonly line: number;
  readonly column?: string;
  readonly reason: string;
  /** The row as it was read, shortened to what a person needs to find it. */
  readonly text: string;
}

/**
 * What a stream yields. The runner stores records, rejected rows and cursor in one transaction, so a
 * page is also the unit that is never half stored.
 */
export interface Page {
  readonly records: readonly RawRecord[];
  readonly rejected?: readonly RejectedRow[];
  /** The files that this page was read from, where pages come from files, and how many records each gave. */
  readonly files?: readonly { readonly file: string; readonly accepted: number }[];
  /** Where to go on after this page. Any JSON; handed back unchanged on the next run. */
  readonly cursor: Json;
  /** How many records the source itself says there are in what was asked for, where it says so. */
  readonly declaredTotal?: number;
  /**
   * The stream has now yielded every record that exists: records stored earlier and not yielded in
   * this run are deleted at the source. Only on the last page.
   */
  readonly isSnapshotEnd?: boolean;
}

/** What is stored of a stream so far, for collectors that compare it with what the source has. */
export interface StoredRecords {
  /** How many records there are, by the part of their key before the separator. */
  counts(separator: string): Promise<ReadonlyMap<string, number>>;
  /** Keys that begin so -> when the source says the record last changed, in milliseconds since 1970. */
  startingWith(prefix: string): Promise<ReadonlyMap<string, number | null>>;
  /** Keys that begin so -> what their records say at these JSON paths, as text. */
  saying(prefix: string, paths: readonly string[]): Promise<ReadonlyMap<string, readonly (string | null)[]>>;
}

/**
 * What asking a source costs. The runner makes one for each stream, and the collector adds to it as it asks: so
 * what a stream cost is known also where it fails.
 */
export interface Usage {
  /** Requests, those that were sent again included. */
  calls: number;
  /** What the vendor counts where that is not requests; left out = it counts requests. */
  points?: number;
  /** Requests that were sent again. */
  retries: number;
  /** Seconds that were waited: because the vendor asked to, or so as to keep within its limits. */
  waited: number;
}

export const nothingAsked = (): Usage => ({ calls: 0, retries: 0, waited: 0 });

/** What may be asked of a source, in points where it counts such, else in requests. */
export interface Allowance {
  readonly left: number;
  readonly perHour: number;
  /** What of each hour is left to others. */
  readonly reserve: number;
  /** When the hour is over. */
  readonly resetsAt: Date;
}

/** What a run is going to ask of a source, as far as can be told before. */
export interface Forecast {
  readonly calls: number;
  readonly points?: number;
  /** Of these, what a run costs that finds nothing new. */
  readonly least: number;
  /** Points after which the run stops; requests that are counted apart are among them. */
  readonly most?: number;
  /** Of the requests, those that the source counts apart from points. */
  readonly apart?: { readonly calls: number; readonly allowance?: Allowance };
  /** Left out where the source does not limit what is asked. */
  readonly allowance?: Allowance;
}

export interface StreamContext {
  /** Folder of quarterdeck.yaml: relative paths in the configuration start here. */
  readonly baseDirectory: string;
  /** Says in a few words what is being done, for people who wait. */
  readonly report: (message: string) => void;
  readonly warn: (message: string) => void;
  /** When the run began. Left out where nothing is stored. */
  readonly now?: Date;
  /** To be added to whenever the source is asked. */
  readonly usage: Usage;
  /** Left out where nothing is stored, as in a first dry run. */
  readonly stored?: StoredRecords;
  /** What is stored of another stream of the source. */
  readonly storedOf?: (stream: string) => StoredRecords;
  /** Says what is going to be asked. Worth finding out where `isUnread`: what is new since a whole run is little. */
  readonly foresee?: (forecast: Forecast) => void;
  /** Whether a stream of the source was never read to its end. */
  readonly isUnread?: boolean;
}

export interface Stream<Config> {
  /** `<entity>` in the vendor's words, e.g. `commit`. Stored as the stream of each record. */
  readonly name: string;
  /** Earlier streams without which this one is not read. Left out = all of them: it builds on each. */
  readonly needs?: readonly string[];
  /** Yields pages from `cursor` (what the last stored page carried; undefined on the first run) to now. */
  pages(config: Config, cursor: Json | undefined, context: StreamContext): AsyncIterable<Page>;
}

/** What a look at a source found, short of collecting from it. */
export interface Check {
  /** `problem`: collecting fails or leaves something out. `warning`: it works, and somebody should know. */
  readonly status: "ok" | "warning" | "problem";
  /** What was looked at, e.g. a path or a repository. */
  readonly subject: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Lines to add to quarterdeck.yaml, as they are to stand there. */
  readonly lineToAdd?: string;
}

export interface CheckContext {
  /** Folder of quarterdeck.yaml: relative paths in the configuration start here. */
  readonly baseDirectory: string;
  readonly now: Date;
}

export interface Collector<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly configSchema: Schema;
  /** Streams in the order in which they are collected. */
  streams(config: z.output<Schema>): readonly Stream<z.output<Schema>>[];
  /**
   * What a run would read, one line each, without reading it (`collect --dry-run`). `cursors` are those of
   * the streams, by stream name, where something was collected before.
   */
  plan(
    config: z.output<Schema>,
    context: StreamContext,
    cursors: Readonly<Record<string, Json | undefined>>,
  ): Promise<readonly string[]>;
  /** The same, but a run stops once it has cost so many points, with `SourceError` "stopped". Left out where there are none. */
  bounded?(config: z.output<Schema>, points: number): z.output<Schema>;
  /**
   * Looks whether the source can be read (`doctor`), reading no more of it than that takes. A failure is a check,
   * or a SourceError.
   */
  check?(config: z.output<Schema>, context: CheckContext): AsyncIterable<Check>;
  /** Addresses that it asks, such as https://ci.example.com: `doctor` says which proxy stands before them. */
  origins?(config: z.output<Schema>): readonly string[];
}
