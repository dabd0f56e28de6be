import type { StoredRecords } from "../../contract.ts";
import { keyOf } from "../cursor.ts";
import type { RunRecord } from "./run-list.ts";
import type { Window } from "./run-window.ts";

interface Known {
  readonly createdAt: string;
  /** Attempt -> what became of it. */
  readonly attempts: Map<number, string | null>;
}

export const attemptOf = ({ run_attempt: attempt = 1 }: Pick<RunRecord, "run_attempt">): number => attempt;
export const runKey = (repository: string, id: number | string, attempt: number) => keyOf(repository, `${id}/${attempt}`);

/** The runs of one repository that are stored, kept up while more are read. */
export class KnownRuns {
  readonly #repository: string;
  readonly #runs = new Map<string, Known>();

  private constructor(repository: string) {
    this.#repository = repository;
  }

  static async of(repository: string, stored: StoredRecords | undefined): Promise<KnownRuns> {
    const known = new KnownRuns(repository);
    const prefix = keyOf(repository, "");
    for (const [key, [createdAt, status]] of (await stored?.saying(prefix, ["$.created_at", "$.status"])) ?? []) {
      const [id = "", attempt = "1"] = key.slice(prefix.length).split("/");
      known.#set(id, createdAt ?? "", Number(attempt), status ?? null);
    }
    return known;
  }

  take(run: RunRecord): void {
    this.#set(String(run.id), run.created_at, attemptOf(run), run.status);
  }

  #set(id: string, createdAt: string, attempt: number, status: string | null): void {
    const known = this.#runs.get(id) ?? { createdAt, attempts: new Map<number, string | null>() };
    known.attempts.set(attempt, status);
    this.#runs.set(id, known);
  }

  /** Keys of all that was stored of a run, which is then no longer known. */
  forget(id: string): string[] {
    const attempts = [...(this.#runs.get(id)?.attempts.keys() ?? [])];
    this.#runs.delete(id);
    return attempts.map((attempt) => runKey(this.#repository, id, attempt));
  }

  isCompleted(id: number, attempt: number): boolean {
    return this.#runs.get(String(id))?.attempts.get(attempt) === "completed";
  }

  within({ from, to }: Window): Set<string> {
    const found = [...this.#runs].filter(([, { createdAt }]) => createdAt >= from && createdAt <= to);
    return new Set(found.map(([id]) => id));
  }

  /** Runs from then on whose last attempt was not done when it was last read. */
  unfinished(from: string): { readonly id: string; readonly createdAt: string }[] {
    return [...this.#runs]
      .filter(([, { createdAt, attempts }]) => createdAt >= from && attempts.get(Math.max(...attempts.keys())) !== "completed")
      .map(([id, { createdAt }]) => ({ id, createdAt }));
  }

  get count(): number {
    return this.#runs.size;
  }

  /** Records beyond one for each run. */
  get reruns(): number {
    return [...this.#runs.values()].reduce((sum, { attempts }) => sum + attempts.size - 1, 0);
  }
}
