import { DataError } from "./errors.ts";

/** Why the system does not let us write, as far as a person can do something about it. */
export const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: "no space left on its disk",
  EDQUOT: "the quota of its disk is used up",
  EROFS: "its disk is read-only",
  EACCES: "check its owner and permissions",
  EPERM: "check its owner and permissions",
};

/** An error of the file system in words, whichever command met it; undefined for every other one. */
export function refusedWrite(error: unknown): DataError | undefined {
  const { code = "", path = "what was to be written" } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const refusal = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  if (refusal === undefined) return undefined;
  return new DataError(`${path} cannot be written: ${refusal}; mend that and run this again`, {
    cause: error,
  });
}
