import type { Page, Stream, StreamContext } from "../contract.ts";
import {
  appended,
  brokenFile,
  bytesOf,
  checkFound,
  goneFrom,
  notThere,
  onDisk,
  readBefore,
  type FilePage,
  type Printer,
  type Reader,
} from "../reading/append.ts";
import { cursorOf, isSame, UNREAD, type Cursor } from "../reading/fingerprint.ts";
import { KeyRegister } from "../reading/keys.ts";
import { counted } from "../reading/words.ts";
import type { FilesConfig } from "./config.ts";
import type { EntityName } from "./entities.ts";
import { findFiles, type Found, type FoundFile } from "./find.ts";
import { fingerprintOfEntries } from "./fingerprint.ts";
import { readFile, type Reading } from "./read-file.ts";

/** All rows of one entity, from every configured file that feeds it. One file is one page. */
export function entityStream(entity: EntityName): Stream<FilesConfig> {
  return {
    name: entity,
    needs: [],
    async *pages(config, cursor, context) {
      const entries = config.files.filter((file) => file.entity === entity);
      const found = await findFiles(entries, context.baseDirectory);
      checkFound("files", found, context);
      if (entries.some(({ mode }) => mode === "snapshot")) yield* snapshot(found, cursorOf(cursor), context);
      else yield* noticingKept(appended(found.files, cursorOf(cursor), readerOf(context)), found.files, cursorOf(cursor), context);
    },
  };
}

/** Says what stays although the file has it no more: of one file alone, since what of several is not read again may be in another. */
async function* noticingKept(
  pages: AsyncIterable<Page>,
  [file, ...others]: readonly FoundFile[],
  previous: Cursor,
  { stored, warn }: StreamContext,
): AsyncGenerator<Page> {
  const read = new Set<string>();
  let isWhole = false;
  for await (const page of pages) {
    for (const { key } of page.records) read.add(key);
    isWhole = (page.rejected ?? []).length === 0;
    yield page;
  }
  if (!isWhole || stored === undefined || file === undefined || others.length > 0 || previous[file.path] === undefined) return;
  const kept = [...(await stored.startingWith("")).keys()].filter((key) => !read.has(key)).length;
  if (kept > 0)
    warn(`${file.path}: ${counted(kept, "record")} no longer in it ${kept === 1 ? "stays" : "stay"} and ${kept === 1 ? "counts" : "count"} (mode: append); with \`mode: snapshot\` what is taken out goes`);
}

/** Of append-only files each has keys of its own: the same key in another file is a newer version. */
const readerOf = (context: StreamContext): Reader<FoundFile> => ({
  ...printer,
  async *read(file) {
    yield await readPage(file, new KeyRegister(), context);
  },
});

export const printer: Printer<FoundFile> = {
  fingerprint: ({ entries }, bytes) => fingerprintOfEntries(bytes, entries),
};

/**
 * The files are everything there is: when one changed all are read again, and what none of them holds is
 * gone. The cursor starts with files that count as unread, so that a run that was cut short begins anew.
 */
async function* snapshot(found: Found, previous: Cursor, context: StreamContext): AsyncGenerator<Page> {
  const { files, missing, unlisted } = found;
  const gone = goneFrom(files, previous);
  const isUnchanged = (file: FoundFile) => isSame(previous[file.path], onDisk(file, printer));
  if (gone.length === 0 && files.every(isUnchanged)) return;
  const keys = new KeyRegister();
  let cursor: Cursor = Object.fromEntries(Object.keys(previous).map((path) => [path, UNREAD]));
  let isWhole = missing.length + unlisted.length === 0;
  for (const [index, file] of files.entries()) {
    const { page, fingerprint, isWhole: isFileWhole } = await readPage(file, keys, context);
    isWhole &&= isFileWhole;
    if (fingerprint !== undefined) cursor = { ...cursor, [file.path]: fingerprint };
    if (index < files.length - 1) yield { ...page, cursor };
    else if (isWhole)
      yield { ...withGone(page, gone), cursor: readBefore(files, cursor), isSnapshotEnd: true };
    else {
      context.warn(
        "not everything could be read: records that are no longer in the files are kept until it can",
      );
      // Files that are gone bring about another try while they count as unread.
      yield { ...(missing.length + unlisted.length === 0 ? withGone(page, gone) : page), cursor };
    }
  }
}

const withGone = (page: Omit<Page, "cursor">, gone: readonly string[]): Omit<Page, "cursor"> => ({
  ...page,
  files: [...(page.files ?? []), ...gone.map(notThere)],
});

interface WholeOrNot extends FilePage {
  /** False when a record may be missing that the file was meant to hold. */
  readonly isWhole: boolean;
}

async function readPage(file: FoundFile, keys: KeyRegister, context: StreamContext): Promise<WholeOrNot> {
  try {
    const bytes = bytesOf(file);
    const reading = await readFile(file, bytes, keys);
    tell(file.path, reading, context);
    const { records, rejected } = reading;
    const page = { records, rejected, files: [{ file: file.path, accepted: records.length }] };
    return { page, fingerprint: printer.fingerprint(file, bytes), isWhole: !reading.hasUnreadable };
  } catch (error) {
    return { ...brokenFile(file, error, context), isWhole: false };
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
