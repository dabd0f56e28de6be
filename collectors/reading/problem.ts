/** Why a value or row cannot be taken in: what was expected, what was found, what to do. */
export class Problem {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Reasons quote what was found, which may be a line of any length. */
const LONGEST_REASON = 1_000;

/** Why a whole file cannot be taken in. Nothing of it is loaded, and what it held before stays. */
export class FileProblem extends Error {
  override readonly name = "FileProblem";
  readonly line: number;
  readonly text: string;

  constructor(line: number, reason: string, text = "") {
    super(reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}...` : reason);
    this.line = line;
    this.text = text;
  }
}
