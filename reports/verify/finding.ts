/** Something about a pack that is not as it must be. */
export interface Finding {
  /** Path inside of the pack, as far as it is about one file. */
  readonly file: string;
  readonly problem: string;
}

/** Whoever made a pack wrote the names that are quoted, too. */
const LONGEST = 1_000;

export const finding = (file: string, problem: string): Finding => ({
  file,
  problem: problem.length > LONGEST ? `${problem.slice(0, LONGEST)}...` : problem,
});

/** One sentence of an error from a library that read something hostile. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]?.slice(0, 200) ?? "";
