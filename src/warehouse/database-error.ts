import { basename, dirname } from "node:path";
import { DataError } from "../errors.ts";

/** What DuckDB says about a query: the database itself is sound. */
const ABOUT_A_QUERY =
  /^(Binder|Parser|Catalog|Conversion|Constraint|Invalid Input|Not implemented|Out of Range|Mismatch Type|Permission) Error/;

const IN_USE = /could not set lock|conflicting lock/i;

const UNCHANGED = "nothing was changed";

interface Place {
  readonly path: string;
  readonly file: string;
}

/** What DuckDB says -> one sentence with the way out. */
const SAYINGS: readonly (readonly [RegExp, (place: Place, message: string) => string])[] = [
  [
    IN_USE,
    ({ file }, message) => {
      const pid = /PID (\d+)/.exec(message)?.[1];
      return `${file} is in use by another process${pid === undefined ? "" : ` (PID ${pid})`}: wait until it has ended, then run this again; ${UNCHANGED}`;
    },
  ],
  [
    /created with (an? older|DuckDB) version/i,
    ({ file }) =>
      `${file} was written by an old version of the database engine that is no longer read: move it away and collect again; ${UNCHANGED}`,
  ],
  [
    /created with an? newer version|version number|storage version/i,
    ({ file }) =>
      `${file} was written by a newer version of the database engine: upgrade quarterdeck, or restore the backup beside it; ${UNCHANGED}`,
  ],
  [
    /not a valid DuckDB|checksum|corrupt|serialization error|deserialize|read enough bytes|is an existing extension/i,
    ({ file }) =>
      `${file} is damaged or is not a Quarterdeck database: restore a backup, or move it away and collect again; ${UNCHANGED}`,
  ],
  [
    /max_temp_directory_size/i,
    ({ path }) =>
      `no space left for temporary files in ${dirname(path)}: free some and run this again; everything stored before is kept`,
  ],
  [
    /^Out of Memory Error/,
    (_, message) => {
      const limit = /\/([\d.]+ \w+) used\)/.exec(message)?.[1];
      return `more memory is needed than the database may take${limit === undefined ? "" : ` (${limit})`}: raise \`database_memory\` in quarterdeck.yaml, or run this where there is more; everything stored before is kept`;
    },
  ],
  [
    /no space left|disk (is )?full|out of disk|ENOSPC|could not (write|sync|truncate|allocate)/i,
    (place, message) =>
      `no space left on the disk of ${written(place, message)}: free some and run this again; everything stored before is kept`,
  ],
  [
    /permission denied|read-only file system|EACCES|EROFS/i,
    ({ path }) => `${path} cannot be opened: check its owner and permissions, and those of its folder; ${UNCHANGED}`,
  ],
];

/** The database, or another file that the engine was writing, such as those of a site on their way. */
function written({ path, file }: Place, message: string): string {
  const named = /file "([^"]+)"/.exec(message)?.[1];
  return named === undefined || named.startsWith(path) ? file : named;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export const isInUse = (error: unknown): boolean => IN_USE.test(messageOf(error));

/** The same of an error that was put into words, here or by another process. */
export const saysInUse = (error: unknown): boolean =>
  error instanceof DataError && / is in use by another process[ :]/.test(error.message);

/** An error of the database file, its disk or its memory, in words; undefined for every other one. */
export function databaseError(error: unknown, path: string): DataError | undefined {
  const message = messageOf(error);
  if (error instanceof DataError || ABOUT_A_QUERY.test(message)) return undefined;
  const saying = SAYINGS.find(([pattern]) => pattern.test(message));
  return saying && new DataError(saying[1]({ path, file: basename(path) }, message), { cause: error });
}
