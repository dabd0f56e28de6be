import { DataError } from "./errors.ts";

/** Why the system does not let us write, as far as a person can do something about it. */
export const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: "no space left on its disk",
  EDQUOT: "the quota of its disk is used up",
  EFBIG: "no file may be that large there",
  EROFS: "its disk is read-only",
  EACCES: "check its owner and permissions",
  EPERM: "check its owner and permissions",
};

/** Why a folder cannot be made: what else these codes come of is no refusal. */
const NO_FOLDER: Readonly<Record<string, string>> = {
  ENOTDIR: "a part of its path is a file",
  EEXIST: "there is a file of that name",
};

/** What `words` say about the code of an error of the system, as far as they know it. */
export function refusalOf(error: unknown, words: Readonly<Record<string, string>>): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return Object.hasOwn(words, code) ? words[code] : undefined;
}

/** An error of the file system in words, whichever command met it; undefined for every other one. */
export function refusedWrite(error: unknown): DataError | undefined {
  const { syscall } = error as NodeJS.ErrnoException;
  const refusal = refusalOf(error, syscall === "mkdir" ? { ...REFUSALS, ...NO_FOLDER } : REFUSALS);
  if (refusal === undefined) return undefined;
  const { path = "what was to be written" } = error as NodeJS.ErrnoException;
  return new DataError(`${path} cannot be written: ${refusal}; mend that and run this again`, {
    cause: error,
  });
}
