import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { z } from "zod";
import { type Json, nothingAsked, type Page, type RawRecord, type RejectedRow } from "../../../collectors/contract.ts";
import { filesConfig } from "../../../collectors/files/config.ts";
import { files } from "../../../collectors/files/index.ts";

export type FileInput = z.input<typeof filesConfig>["files"][number];

/** A folder with these files, gone after the test. */
export function folder(contents: Readonly<Record<string, string | Buffer>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), "quarterdeck-files-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  write(directory, contents);
  return directory;
}

export function write(directory: string, contents: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
}

export interface Collected {
  readonly pages: Page[];
  readonly records: RawRecord[];
  readonly payloads: Json[];
  readonly rejected: RejectedRow[];
  readonly warnings: string[];
  /** Of the first stream. */
  readonly cursor: Json | undefined;
}

/** One collection of the first stream. */
export async function collect(
  directory: string,
  inputs: readonly FileInput[],
  cursor?: Json,
): Promise<Collected> {
  const config = filesConfig.parse({ collector: "files", files: inputs });
  const warnings: string[] = [];
  const context = {
    baseDirectory: directory,
    report: () => undefined,
    warn: (message: string) => void warnings.push(message),
    usage: nothingAsked(),
  };
  const [stream] = files.streams(config);
  const pages: Page[] = [];
  for await (const page of stream?.pages(config, cursor, context) ?? []) pages.push(page);
  const records = pages.flatMap((page) => page.records);
  return {
    pages,
    records,
    payloads: records.map(({ payload }) => payload),
    rejected: pages.flatMap((page) => page.rejected ?? []),
    warnings,
    cursor: pages.at(-1)?.cursor ?? cursor,
  };
}

/** The problems that a configuration has, as `path: message`. */
export function problems(inputs: readonly object[], complete: readonly object[] = []): string[] {
  const result = filesConfig.safeParse({ collector: "files", files: inputs, complete });
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}
