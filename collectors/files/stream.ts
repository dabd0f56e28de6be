import { readFileSync } from "node:fs";
import { SourceError } from "../../src/errors.ts";
import type { Json, Page, Stream, StreamContext } from "../contract.ts";
import type { FilesConfig } from "./config.ts";
import type { EntityName } from "./entities.ts";
import { findFiles, type Found, type FoundFile } from "./find.ts";
import { cursorOf, fingerprintOf, isSame, type Cursor, type Fingerprint } from "./fingerprint.ts";
import { KeyRegister } from "./keys.ts";
import { FileProblem } from "./problem.ts";
import { readFile, type Reading } from "./read-file.ts";
import { counted } from "./words.ts";

/** All rows of one entity, from every configured file that feeds it. One file is one page. */
export function entityStream(entity: EntityName): Stream<FilesConfig> {
  return {
    name: entity,
    async *pages(config, cursor, context) {
      const entries = config.files.filter((file) => file.entity === entity);
      const found = await findFiles(entries, context.baseDirectory);
      checkFound(found, context);
      if (entries.some(({ mode }) => mode === "snapshot")) yield* snapshot(found, cursorOf(cursor), context);
      else yield* append(found, cursorOf(cursor), context);
    },
  };
}

function checkFound({ files, missing }: Found, { baseDirectory, warn }: StreamContext): void {
  const messages = missing.map(
    (pattern) => `${pattern}: no such file in ${baseDirectory}; correct \`path\`, or put the file there`,
  );
  if (files.length === 0) throw new SourceError("files", "missing", messages.join("\n"));
  messages.forEach(warn);
}

/**
 * Files that changed are read; records stay, whatever becomes of their file. Of several files the last in
 * the order of names has the word, so whatever follows a changed file is read again: one run over all files
 * and many runs over a growing folder end alike.
 */
async function* append({ files }: Found, previous: Cursor, context: StreamContext): AsyncGenerator<Page> {
  let cursor = readBefore(files, previous);
  const isUnchanged = (file: FoundFile) => isSame(previous[file.path], fingerprintOnDisk(file));
  const firstChanged = files.findIndex((file) => !isUnchanged(file));
  if (firstChanged === -1) return;
  for (const file of files.slice(firstChanged)) {
    const { page, fingerprint } = await readPage(file, new KeyRegister(), context);
    if (fingerprint !== undefined) cursor = { ...cursor, [file.path]: fingerprint };
    yield { ...page, cursor: { ...cursor } };
  }
}

/**
 * The files are everything there is: when one changed all are read again, and what none of them holds is
 * gone. The cursor starts empty, so that a run that was cut short begins anew.
 */
async function* snapshot(found: Found, previous: Cursor, context: StreamContext): AsyncGenerator<Page> {
  const { files, missing } = found;
  const vanished = Object.entries(previous).filter(([path]) => !files.some((file) => file.path === path));
  if (vanished.length === 0 && files.every((file) => isSame(previous[file.path], fingerprintOnDisk(file))))
    return;
  const keys = new KeyRegister();
  let cursor: Cursor = {};
  let isWhole = missing.length === 0;
  for (const [index, file] of files.entries()) {
    const { page, fingerprint, isWhole: isFileWhole } = await readPage(file, keys, context);
    isWhole &&= isFileWhole;
    if (fingerprint !== undefined) cursor = { ...cursor, [file.path]: fingerprint };
    const isLast = index === files.length - 1;
    if (isLast && !isWhole) {
      context.warn(
        "not everything could be read: records that are no longer in the files are kept until it can",
      );
      // Seen as vanished once more in the next run, they bring about another try.
      cursor = { ...cursor, ...Object.fromEntries(vanished) };
    }
    yield { ...page, cursor: { ...cursor }, ...(isLast && isWhole ? { isSnapshotEnd: true } : {}) };
  }
}

const readBefore = (files: readonly FoundFile[], previous: Cursor): Cursor =>
  Object.fromEntries(
    files.flatMap(({ path }) => {
      const fingerprint = previous[path];
      return fingerprint === undefined ? [] : [[path, fingerprint]];
    }),
  );

interface FilePage {
  readonly page: Omit<Page, "cursor">;
  /** Undefined when the file could not be read: it is tried again in the next run. */
  readonly fingerprint?: Fingerprint;
  /** False when a record may be missing that the file was meant to hold. */
  readonly isWhole: boolean;
}

async function readPage(file: FoundFile, keys: KeyRegister, context: StreamContext): Promise<FilePage> {
  try {
    const bytes = bytesOf(file);
    const reading = await readFile(file, bytes, keys);
    tell(file.path, reading, context);
    const page = { records: reading.records, rejected: reading.rejected, file: file.path };
    return { page, fingerprint: fingerprintOf(bytes, file.entries), isWhole: !reading.hasUnreadable };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const { line, message: reason, text } = error;
    context.warn(`${file.path}:${line}: ${reason}. Nothing of this file was read; what it held before stays`);
    return {
      page: { records: [], rejected: [{ file: file.path, line, reason, text }], file: file.path },
      isWhole: false,
    };
  }
}

function tell(
  path: string,
  { records, rejected, repeated, warnings }: Reading,
  { report, warn }: StreamContext,
): void {
  for (const warning of warnings) warn(`${path}: ${warning}`);
  if (repeated > 0)
    warn(`${path}: ${counted(repeated, "row")} said again, word for word, what an earlier row said`);
  report(`${path}: ${counted(records.length, "record")}, ${rejected.length} rejected`);
}

/** @throws {FileProblem} with the reason of the operating system */
export function bytesOf({ absolute }: FoundFile): Buffer {
  try {
    return readFileSync(absolute);
  } catch (error) {
    throw new FileProblem(
      1,
      `expected a readable file, found ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function fingerprintOnDisk(file: FoundFile): Fingerprint | undefined {
  try {
    return fingerprintOf(bytesOf(file), file.entries);
  } catch {
    return undefined;
  }
}

/** What is new in each file, compared with what a stream has read: for people who plan a run. */
export function stateOf(file: FoundFile, cursor: Json | undefined): "new" | "changed" | "unchanged" {
  const previous = cursorOf(cursor)[file.path];
  if (previous === undefined) return "new";
  return isSame(previous, fingerprintOnDisk(file)) ? "unchanged" : "changed";
}
