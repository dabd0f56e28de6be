import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Json, nothingAsked, type Page } from "../../../collectors/contract.ts";
import type { GitConfig } from "../../../collectors/git/config.ts";
import { git } from "../../../collectors/git/index.ts";

type Payload = Readonly<Record<string, Json>>;

/** What a warehouse would hold of a source, and where it would go on. */
export interface Collected {
  readonly ref: Map<string, Payload>;
  readonly commit: Map<string, Payload>;
  readonly runbook: Map<string, Payload>;
  readonly cursors: Record<string, Json>;
  /** Pages of the last run, by stream. */
  pages: Record<string, Page[]>;
  warnings: string[];
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function configOf(...repositories: object[]): GitConfig {
  return git.configSchema.parse({ collector: "git", repositories });
}

export function nothing(): Collected {
  return { ref: new Map(), commit: new Map(), runbook: new Map(), cursors: {}, pages: {}, warnings: [] };
}

/** Runs the collector as the runner does: page by page, cursor with records. */
export async function collect(
  config: GitConfig,
  collected = nothing(),
  { stopAfterPages = Infinity } = {},
): Promise<Collected> {
  collected.pages = {};
  collected.warnings = [];
  const context = {
    baseDirectory: "/",
    report: () => {},
    warn: (message: string) => collected.warnings.push(message),
    usage: nothingAsked(),
  };
  for (const stream of git.streams(config)) {
    const pages: Page[] = (collected.pages[stream.name] = []);
    for await (const page of stream.pages(config, collected.cursors[stream.name], context)) {
      store(collected[stream.name as "ref" | "commit" | "runbook"], page);
      collected.cursors[stream.name] = JSON.parse(JSON.stringify(page.cursor)) as Json;
      if (pages.push(page) >= stopAfterPages) break;
    }
    forgetOthers(collected[stream.name as "ref" | "commit" | "runbook"], pages);
  }
  return collected;
}

function store(records: Map<string, Payload>, page: Page): void {
  for (const { key, payload } of page.records) {
    if (payload === null) records.delete(key);
    else records.set(key, payload as Payload);
  }
}

/** As the runner does at the end of a snapshot. */
function forgetOthers(records: Map<string, Payload>, pages: readonly Page[]): void {
  if (pages.at(-1)?.isSnapshotEnd !== true) return;
  const yieldedKeys = new Set(pages.flatMap((page) => page.records.map(({ key }) => key)));
  for (const key of records.keys()) if (!yieldedKeys.has(key)) records.delete(key);
}

/** How many records the last run yielded. */
export function yielded({ pages }: Collected, stream: "ref" | "commit" | "runbook"): number {
  return (pages[stream] ?? []).reduce((count, { records }) => count + records.length, 0);
}
