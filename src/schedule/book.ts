import type { Effects } from "../effects.ts";
import { nextStart, type Scheduled } from "./due.ts";
import { failed, type Health, type HealthState, started, succeeded, UNKNOWN, writeHealth } from "./health.ts";
import { logTo } from "./log.ts";
import { sendNotice } from "./notice.ts";
import type { Failure, Outcome } from "./outcome.ts";

export interface Settings {
  readonly organisation: string;
  readonly healthFile: string;
  readonly noticeUrl?: string | undefined;
  readonly exitAfterFailures?: number | undefined;
  /** For what is kept and sent. */
  readonly withoutSecrets: (text: string) => string;
}

/** What is written down of: a source, or the build of the site. */
export type Subject = Scheduled | "build";

const nameOf = (subject: Subject) => (subject === "build" ? "build" : subject.source);

/** Writes down how each source fares, and tells of failures. */
export class Book {
  readonly #scheduled: readonly Scheduled[];
  readonly #settings: Settings;
  readonly #effects: Effects;
  readonly #log: (text: string) => void;
  readonly #states: Map<Subject, HealthState>;

  constructor(scheduled: readonly Scheduled[], settings: Settings, effects: Effects, before: Health | undefined) {
    this.#scheduled = scheduled;
    this.#settings = settings;
    this.#effects = effects;
    this.#log = logTo(effects);
    this.#states = new Map<Subject, HealthState>(scheduled.map((one) => [one, remembered(before, one)]));
    this.#states.set("build", before?.build ?? UNKNOWN);
  }

  async started(subject: Subject): Promise<void> {
    this.#states.set(subject, started(this.#stateOf(subject), this.#effects.now()));
    await this.keep();
  }

  async ended(subject: Subject, outcome: Outcome): Promise<void> {
    if (outcome.status === "completed") {
      this.#states.set(subject, succeeded(this.#stateOf(subject), this.#effects.now()));
    }
    if (outcome.status === "failed") await this.#failed(subject, outcome.failures);
    await this.keep();
  }

  /** The first source that failed as often in a row as ends the process. */
  tooOften(): string | undefined {
    const limit = this.#settings.exitAfterFailures ?? Infinity;
    return this.#scheduled.find((one) => this.#stateOf(one).consecutive_failures >= limit)?.source;
  }

  /** @throws {UsageError} when the file cannot be written */
  write(): Promise<void> {
    const now = this.#effects.now();
    const sources = this.#scheduled.map((one): [string, HealthState] => [
      one.source,
      { ...this.#stateOf(one), next_due: nextStart(one, now).toISOString() },
    ]);
    return writeHealth(this.#settings.healthFile, {
      format: "quarterdeck-health",
      version: 1,
      written_at: now.toISOString(),
      sources: Object.fromEntries(sources),
      build: this.#stateOf("build"),
    });
  }

  /** A disk that is full for an hour is no reason to end. */
  async keep(): Promise<void> {
    await this.write().catch((error: unknown) => {
      this.#log(error instanceof Error ? error.message : String(error));
    });
  }

  async #failed(subject: Subject, failures: readonly Failure[]): Promise<void> {
    const said = failures.map(({ stream, message }) => (stream === null ? message : `${stream}: ${message}`));
    const state = failed(this.#stateOf(subject), this.#settings.withoutSecrets(said.join("\n")));
    this.#states.set(subject, state);
    this.#log(`${nameOf(subject)}: failed (${state.consecutive_failures} in a row): ${said.join("\n")}`);
    for (const failure of failures) await this.#notify(subject, failure, state.consecutive_failures);
  }

  async #notify(subject: Subject, { stream, message }: Failure, failures: number): Promise<void> {
    const { organisation, noticeUrl, withoutSecrets } = this.#settings;
    if (noticeUrl === undefined) return;
    const notice = {
      organisation,
      source: subject === "build" ? null : subject.source,
      stream,
      message: withoutSecrets(message),
      consecutive_failures: failures,
      at: this.#effects.now().toISOString(),
    };
    const problem = await sendNotice(noticeUrl, notice, this.#effects);
    if (problem !== undefined) this.#log(`the notice of this could not be sent: ${problem}`);
  }

  readonly #stateOf = (subject: Subject): HealthState => this.#states.get(subject) ?? UNKNOWN;
}

/** The database knows when a source was read; how often it failed since stands in the file only. */
function remembered(before: Health | undefined, { source, served }: Scheduled): HealthState {
  const state = before?.sources[source] ?? UNKNOWN;
  return { ...state, last_success: served?.toISOString() ?? state.last_success };
}
