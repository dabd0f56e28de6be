/** What is looked for, in the order in which it is told. */
export const CHECKS = {
  build: "Build",
  links: "Links",
  requests: "Requests to elsewhere",
  policy: "Content security policy",
  sizes: "Sizes",
  secrets: "Secrets",
  names: "Withheld names",
  strangers: "Files that no build made",
} as const;
export type Check = keyof typeof CHECKS;

export interface Finding {
  readonly check: Check;
  /** A fault keeps the folder from going out; a note is for whoever sends it. */
  readonly status: "fault" | "note";
  /** Relative to the folder, with `/`; null = the folder as a whole. */
  readonly file: string | null;
  readonly line?: number | undefined;
  /** Never holds a secret or a withheld name itself: what is printed ends up in logs. */
  readonly message: string;
  readonly remedy: string;
}

/** More of one kind say nothing new, and what is kept must not grow with what is wrong. */
const MOST_KEPT = 200;

/** Keeps the first findings of each check and counts all. */
export class Findings {
  readonly kept: Finding[] = [];
  readonly #counts = new Map<string, number>();

  add(finding: Finding): void {
    const kind = `${finding.check} ${finding.status}`;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= MOST_KEPT) this.kept.push(finding);
  }

  count(status: Finding["status"], check?: Check): number {
    const checks = check === undefined ? (Object.keys(CHECKS) as Check[]) : [check];
    return checks.reduce((sum, one) => sum + (this.#counts.get(`${one} ${status}`) ?? 0), 0);
  }
}
