import { readFileSync, statSync } from "node:fs";
import { SourceError } from "../../src/errors.ts";
import type { Json, Page, StreamContext } from "../contract.ts";
import type { FoundPaths, ReadableFile } from "./find.ts";
import { cursorOf, isSame, UNREAD, type Cursor, type Fingerprint } from "./fingerprint.ts";
import { FileProblem } from "./problem.ts";
import { size } from "./words.ts";

/** What came of one file, or of a part of it. */
export interface FilePage {
  readonly page: Omit<Page, "cursor">;
  /** Of the last part only. */
  readonly fingerprint?: Fingerprint;
}

/** What tells whether a file has to be read again. */
export interface Printer<File extends ReadableFile> {
  fingerprint(file: File, bytes: Buffer): Fingerprint;
}

/** How the files of a stream are read. */
export interface Reader<File extends ReadableFile> extends Printer<File> {
  read(file: File): AsyncIterable<FilePage> | Iterable<FilePage>;
}

/**
 * Files that changed are read; records stay, whatever becomes of their file. Of several files the last in
 * the order of names has the word, so whatever follows a changed file is read again: one run over all files
 * and many runs over a growing folder end alike.
 */
export async function* appended<File extends ReadableFile>(
  files: readonly File[],
  previous: Cursor,
  reader: Reader<File>,
): AsyncGenerator<Page> {
  let cursor = readBefore(files, previous);
  const gone = goneFrom(files, previous);
  if (gone.length > 0) yield { records: [], files: gone.map(notThere), cursor };
  const firstChanged = files.findIndex((file) => !isSame(previous[file.path], onDisk(file, reader)));
  if (firstChanged === -1) return;
  const following = files.slice(firstChanged);
  // Until they are read again they count as unread: a run that is cut short would leave the word to the changed one.
  cursor = { ...cursor, ...Object.fromEntries(following.map(({ path }) => [path, UNREAD])) };
  for (const file of following) {
    for await (const { page, fingerprint } of reader.read(file)) {
      if (fingerprint !== undefined) cursor = { ...cursor, [file.path]: fingerprint };
      yield { ...page, cursor: { ...cursor } };
    }
  }
}

/** Files that a stream has read and that are there no more. */
export function goneFrom(files: readonly ReadableFile[], previous: Cursor): string[] {
  const there = new Set(files.map(({ path }) => path));
  return Object.keys(previous).filter((path) => !there.has(path));
}

/** Nobody can correct a row of a file that is gone: it is no longer among the rejected ones. */
export const notThere = (file: string) => ({ file, accepted: 0 });

/** The cursor, of files that are there. */
export const readBefore = (files: readonly ReadableFile[], previous: Cursor): Cursor =>
  Object.fromEntries(
    files.flatMap(({ path }) => {
      const fingerprint = previous[path];
      return fingerprint === undefined ? [] : [[path, fingerprint]];
    }),
  );

/** The file as it is now; undefined where it cannot be read. */
export function onDisk<File extends ReadableFile>(
  file: File,
  printer: Printer<File>,
): Fingerprint | undefined {
  try {
    return printer.fingerprint(file, bytesOf(file));
  } catch {
    return undefined;
  }
}

/** @throws {FileProblem} with the reason of the operating system */
export function bytesOf({ absolute }: ReadableFile, most = Infinity): Buffer {
  try {
    // A pipe keeps its reader waiting, a device may never end.
    const found = statSync(absolute);
    if (!found.isFile()) throw new FileProblem(1, "expected an ordinary file, found a device, pipe or socket");
    if (found.size > most) throw new FileProblem(1, `expected at most ${size(most)}, found ${size(found.size)}`);
    return readFileSync(absolute);
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    throw new FileProblem(
      1,
      `expected a readable file, found ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The page of a file of which nothing may be taken in: what it held before stays, and it is tried again in the next run. */
export function brokenFile(file: ReadableFile, error: unknown, { warn }: StreamContext): FilePage {
  const problem = isTooLong(error) ? new FileProblem(1, "expected less than 512 MB in one piece; split the file") : error;
  if (!(problem instanceof FileProblem)) throw new Error(`${file.path} could not be read`, { cause: error });
  const { line, message: reason, text } = problem;
  warn(`${file.path}:${line}: ${reason}. Nothing of this file was read; what it held before stays`);
  const rejected = [{ file: file.path, line, reason, text }];
  return { page: { records: [], rejected, files: [{ file: file.path, accepted: 0 }] }, fingerprint: UNREAD };
}

const unlistedWords = (reason: string): string =>
  `a folder cannot be listed, and what it held before stays: ${reason}; let the user that runs quarterdeck read it`;

const isTooLong = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ERR_STRING_TOO_LONG";

/** @throws {SourceError} when no pattern matches anything */
export function checkFound(
  collector: string,
  { files, missing, unlisted }: { files: readonly unknown[] } & Pick<FoundPaths, "missing" | "unlisted">,
  { baseDirectory, warn }: StreamContext,
  remedy = "correct `path`, or put the file there",
): void {
  const messages = [
    ...unlisted.map(unlistedWords),
    ...missing.map((pattern) => `${pattern}: no such file in ${baseDirectory}; ${remedy}`),
  ];
  if (files.length === 0) throw new SourceError(collector, "missing", messages.join("\n"));
  messages.forEach(warn);
}

/** What was looked for in vain, for people who plan a run; `what` the files would hold. */
export const unfound = (
  { missing, unlisted }: Pick<FoundPaths, "missing" | "unlisted">,
  baseDirectory: string,
  ...what: readonly string[]
): string[] => [...unlisted, ...missing.map((pattern) => [pattern, ...what, `no such file in ${baseDirectory}`].join(", "))];

/** How many bytes the file has; undefined where it may not be looked at. */
export function lengthOf(absolute: string): number | undefined {
  try {
    return statSync(absolute).size;
  } catch {
    return undefined;
  }
}

/** The same for people. */
export function sizeOf({ absolute }: ReadableFile): string {
  const bytes = lengthOf(absolute);
  return bytes === undefined ? "unreadable" : size(bytes);
}

/** What is new in a file, compared with what a stream has read: for people who plan a run. */
export function stateOf<File extends ReadableFile>(
  file: File,
  cursor: Json | undefined,
  printer: Printer<File>,
): "new" | "changed" | "unchanged" {
  const previous = cursorOf(cursor)[file.path];
  if (previous === undefined) return "new";
  return isSame(previous, onDisk(file, printer)) ? "unchanged" : "changed";
}
