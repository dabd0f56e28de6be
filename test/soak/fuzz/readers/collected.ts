import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { nothingAsked, type RawRecord, type RejectedRow } from "../../../../collectors/contract.ts";
import { collectorOf, type SourceConfig } from "../../../../collectors/registry.ts";
import { collect } from "../../../../src/collect/run.ts";
import { loadConfig, type LoadedConfig } from "../../../../src/config/load.ts";
import type { Effects } from "../../../../src/effects.ts";
import { openWarehouse } from "../../../../src/warehouse/open.ts";
import { recordedEffects } from "../../../cli/effects.ts";
import type { AtEnd } from "../../scenario.ts";
import { expectSound } from "../../same.ts";
import type { Input, OpenReader, Reader, Sample } from "../reader.ts";

export interface Dropped {
  readonly samples: readonly Sample[];
  /** Sources of quarterdeck.yaml. */
  readonly sources: object;
  readonly env?: Readonly<Record<string, string>>;
}

/** Files in a folder, read by a whole collection. A sample is named by its folder and the ending of its file. */
export const dropped = (
  { name, test, together = 100 }: Pick<Reader, "name" | "test"> & Partial<Reader>,
  drop: () => Dropped | Promise<Dropped>,
): Reader => ({
  name,
  test,
  together,
  open: async (atEnd) => {
    const { samples, sources, env } = await drop();
    return { samples, read: await readerOf(sources, env, atEnd) };
  },
});

/** Every tenth time all that was read is stored, too: that takes ten times as long. */
const STORED = 10;

async function readerOf(sources: object, env = {}, atEnd: AtEnd): Promise<OpenReader["read"]> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-fuzz-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "quarterdeck.yaml"), stringify({ organisation: "Made up", sources }));
  const recorded = recordedEffects(folder);
  const effects = { ...recorded, env: { ...recorded.env, ...env } };
  const loaded = await loadConfig(undefined, effects);
  return async (inputs, seed) => {
    put(join(folder, "in"), inputs);
    // Where there is a source for each folder, those of empty ones would only say that they are.
    const there = [...new Set(inputs.map(({ name }) => name.split("/")[0] ?? ""))];
    const chosen = Object.keys(sources).filter((source) => source === ALL || there.includes(source));
    for (const source of chosen) await readPages(folder, loaded.config.sources[source]!);
    if (seed % STORED === 0) await store(loaded, effects, chosen);
  };
}

/** Of a source of this name everything is read that there is. */
export const ALL = "all";

async function readPages(folder: string, source: SourceConfig): Promise<void> {
  const context = { baseDirectory: folder, report: () => undefined, warn: expectWord, usage: nothingAsked() };
  for (const stream of (await collectorOf(source)).streams(source)) {
    for await (const { records, rejected } of stream.pages(source, undefined, context)) {
      records.forEach(expectRecord);
      rejected?.forEach(expectPlace);
    }
  }
}

function expectRecord({ key, payload }: RawRecord): void {
  if (typeof key !== "string" || key === "") throw new Error(`a record without a key: ${JSON.stringify(payload)}`);
  if (JSON.stringify(payload) === undefined) throw new Error(`what ${key} says is no JSON`);
}

/** Says where and why, in words that fit a screen. */
function expectPlace({ file, line, reason, text }: RejectedRow): void {
  if (file === "" || !Number.isInteger(line) || line < 1) throw new Error(`rejected without a place: ${file}:${line}: ${reason}`);
  expectWord(reason);
  if (text.length > 3000) throw new Error(`${file}:${line}: shows ${text.length} characters`);
}

function expectWord(words: string): void {
  if (words.trim() === "" || words.length > 3000) throw new Error(`said in ${words.length} characters: ${words.slice(0, 300)}`);
}

/** A whole run: nothing is half-written, and each file that was not taken in is told of. */
async function store(loaded: LoadedConfig, effects: Effects, sources: readonly string[]): Promise<void> {
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  try {
    const { streams } = await collect(warehouse, loaded, effects, { version: "test", sources });
    const failed = streams.filter(({ status }) => status !== "completed");
    if (failed.length > 0) throw new Error(failed.map(({ stream, message }) => `${stream}: ${message}`).join("\n"));
    await expectSound(warehouse);
    const [lost] = await warehouse.rows<{ file: string }>(UNTOLD);
    if (lost !== undefined) throw new Error(`${lost.file}: nothing was taken in, and nothing said why`);
  } finally {
    warehouse.close();
  }
}

const UNTOLD = `
  select f.file from raw.read_file f
  where f.rejected <> (select count(*) from raw.rejected_row r where r.source = f.source and r.stream = f.stream and r.file = f.file)
  order by f.file limit 1`;

function put(folder: string, inputs: readonly Input[]): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [index, { name, bytes }] of inputs.entries()) {
    const path = join(folder, dirname(name), `${index}-${name.split("/").at(-1) ?? ""}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

