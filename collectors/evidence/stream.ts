import type { Json, Page, RawRecord, RejectedRow, Stream, StreamContext } from "../contract.ts";
import { brokenFile, checkFound, goneFrom, notThere, sizeOf, stateOf, unfound, type Printer } from "../reading/append.ts";
import {
  cursorOf,
  fingerprintOf,
  isSame,
  UNREAD,
  type Cursor,
  type Fingerprint,
} from "../reading/fingerprint.ts";
import { counted } from "../reading/words.ts";
import type { EvidenceConfig } from "./config.ts";
import { findFiles, type Found, type FoundFile } from "./find.ts";
import { trustedKeys, type TrustedKey } from "./keys.ts";
import { contentOf, READING_VERSION, readFile } from "./read-file.ts";

const NAME = "document";

/** Pipelines write thousands of small files: so many bytes of them are stored at once. */
const PAGE_BYTES = 20_000_000;

/** What every file said. One file is one record. */
export const documents: Stream<EvidenceConfig> = {
  name: NAME,
  async *pages(config, cursor, context) {
    const found = await findFiles(config, context.baseDirectory);
    checkFound("evidence", found, context);
    const previous = cursorOf(cursor);
    const gone = vanished(found, previous, config, context);
    const left = Object.fromEntries(Object.entries(previous).filter(([path]) => !gone.includes(path)));
    const keys = trustedKeys(config.keys, context.baseDirectory);
    yield* changed(found.files, left, new Batch(gone, config), { ...context, keys });
  },
};

interface ReadContext extends StreamContext {
  readonly keys: readonly TrustedKey[];
}

/** Besides the bytes, what the configuration and the keys say decides what becomes of a file. */
const printerOf = (keys: readonly TrustedKey[]): Printer<FoundFile> => ({
  fingerprint: ({ entry: { path: _, ...entry }, given }, bytes) =>
    fingerprintOf(
      bytes,
      JSON.parse(JSON.stringify([READING_VERSION, entry, given, keys.map(({ sha256 }) => sha256)])) as Json,
    ),
});

/** Files that were read once and are no more. While a pattern finds nothing, its folder may only be out of reach. */
function vanished(
  { files, missing, unlisted }: Found,
  previous: Cursor,
  { mode }: Pick<EvidenceConfig, "mode">,
  { warn }: StreamContext,
): string[] {
  const gone = goneFrom(files, previous);
  if (gone.length === 0 || missing.length + unlisted.length === 0) return gone;
  if (mode === "snapshot")
    warn(
      `${counted(gone.length, "file")} no longer there: what they said is kept while a path finds nothing`,
    );
  return [];
}

async function* changed(
  files: readonly FoundFile[],
  previous: Cursor,
  first: Batch,
  context: ReadContext,
): AsyncGenerator<Page> {
  let cursor: Record<string, Fingerprint> = { ...previous };
  let batch = first;
  for (const file of files) {
    batch.read(file, previous[file.path], context);
    if (batch.bytes < PAGE_BYTES) continue;
    cursor = { ...cursor, ...batch.fingerprints };
    yield { ...batch.page(), cursor };
    batch = new Batch();
  }
  if (batch.isEmpty) return;
  yield { ...batch.page(), cursor: { ...cursor, ...batch.fingerprints } };
}

/** Files that are stored together. */
class Batch {
  readonly fingerprints: Record<string, Fingerprint> = {};
  readonly #records: RawRecord[];
  readonly #rejected: RejectedRow[] = [];
  readonly #files: { file: string; accepted: number }[];
  bytes = 0;

  /** What a file said that is gone goes with it where the files are everything there is. */
  constructor(gone: readonly string[] = [], { mode }: Partial<Pick<EvidenceConfig, "mode">> = {}) {
    this.#records = mode === "snapshot" ? gone.map((path) => ({ key: path, payload: null })) : [];
    this.#files = gone.map(notThere);
  }

  get isEmpty(): boolean {
    return this.#files.length === 0;
  }

  read(file: FoundFile, previous: Fingerprint | undefined, context: ReadContext): void {
    try {
      const bytes = contentOf(file);
      const fingerprint = printerOf(context.keys).fingerprint(file, bytes);
      if (isSame(previous, fingerprint)) return;
      const { record, rejected } = readFile(file, bytes, context.keys);
      this.#records.push(record);
      this.#rejected.push(...rejected);
      this.#files.push({ file: file.path, accepted: 1 });
      this.fingerprints[file.path] = fingerprint;
      this.bytes += bytes.length;
    } catch (error) {
      this.fingerprints[file.path] = UNREAD;
      this.#files.push({ file: file.path, accepted: 0 });
      this.#rejected.push(...(brokenFile(file, error, context).page.rejected ?? []));
    }
  }

  page(): Omit<Page, "cursor"> {
    return { records: this.#records, rejected: this.#rejected, files: this.#files };
  }
}

/** One line per file that a run would look at: size, and whether it is new, changed or unchanged. */
export async function planOf(
  config: EvidenceConfig,
  { baseDirectory }: StreamContext,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<string[]> {
  const { files, ...others } = await findFiles(config, baseDirectory);
  const printer = printerOf(trustedKeys(config.keys, baseDirectory));
  return [
    ...files.map((file) =>
      [file.path, sizeOf(file), stateOf(file, cursors[NAME], printer)].join(", "),
    ),
    ...unfound(others, baseDirectory),
  ];
}
