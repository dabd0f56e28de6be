import type { RunReport } from "../collect/report.ts";
import type { Effects } from "../effects.ts";
import type { Book } from "./book.ts";
import { isDue, MOST_COUNTED, nextStart, type Scheduled, startsBetween } from "./due.ts";
import { logTo } from "./log.ts";
import { exitCodeOfAll, type Outcome, outcomeOf, outcomeOfRun } from "./outcome.ts";
import { whenFree } from "./when-free.ts";

/** What is done when it is due. Each opens the database and closes it again. */
export interface Work {
  readonly collect: (source: string, stop: AbortSignal) => Promise<RunReport>;
  /** Left out = no site is written. */
  readonly build?: (() => Promise<unknown>) | undefined;
}

/** The clock may be set, and a machine may sleep: how long at most nobody looks at it. */
const LONGEST_SLEEP = 60_000;

/** Reads sources when they are due, one after the other. */
export class Keeper {
  readonly #scheduled: readonly Scheduled[];
  readonly #work: Work;
  readonly #book: Book;
  readonly #effects: Effects;
  readonly #stop: AbortSignal;
  readonly #log: (text: string) => void;

  constructor(scheduled: readonly Scheduled[], work: Work, book: Book, effects: Effects, stop: AbortSignal) {
    this.#scheduled = scheduled;
    this.#work = work;
    this.#book = book;
    this.#effects = effects;
    this.#stop = stop;
    this.#log = logTo(effects);
  }

  /**
   * Goes on until it is asked to stop.
   * @returns the exit code: 2 where a source failed too often
   */
  async keep(): Promise<0 | 2> {
    await this.#book.write();
    while (!this.#stop.aborted) {
      await this.#round();
      const source = this.#book.tooOften();
      if (source !== undefined) {
        this.#log(`${source}: failed too often in a row: ends, as \`schedule.exit_after_failures\` says`);
        return 2;
      }
      await this.#sleep();
    }
    this.#log("was asked to end: ends");
    return 0;
  }

  /** What is due now. @returns the exit code */
  async once(): Promise<0 | 1 | 2> {
    await this.#book.write();
    const outcomes = await this.#round();
    if (outcomes.length === 0) this.#log("nothing is due");
    return exitCodeOfAll(outcomes);
  }

  /** Everything that is due now, then the site. */
  async #round(): Promise<Outcome[]> {
    const now = this.#effects.now();
    const outcomes: Outcome[] = [];
    for (const scheduled of this.#scheduled.filter((one) => isDue(one, now))) {
      if (!this.#stop.aborted) outcomes.push(await this.#read(scheduled));
    }
    const { build } = this.#work;
    // Where every source failed and brought nothing, the site stays as it was.
    const isNew = outcomes.some(({ hasBrought }) => hasBrought);
    return build && isNew && !this.#stop.aborted ? [...outcomes, await this.#write(build)] : outcomes;
  }

  async #read(scheduled: Scheduled): Promise<Outcome> {
    const { source } = scheduled;
    const start = this.#effects.now();
    this.#sayLate(scheduled, start);
    await this.#book.started(scheduled);
    const outcome = await this.#outcomeOf(async () => {
      const report = await this.#whenFree(source, () => this.#work.collect(source, this.#stop));
      return report && outcomeOfRun(report);
    });
    if (this.#stop.aborted && outcome.status === "stopped") return outcome;
    const end = this.#effects.now();
    this.#sayMissed(scheduled, start, end);
    // The later of the two, for the clock may have been set back meanwhile.
    scheduled.served = start > end ? start : end;
    await this.#book.ended(scheduled, outcome);
    return outcome;
  }

  async #write(build: () => Promise<unknown>): Promise<Outcome> {
    await this.#book.started("build");
    const outcome = await this.#outcomeOf(() =>
      this.#whenFree("build", async () => {
        await build();
        return { status: "completed", rejected: 0, hasBrought: false } as const;
      }),
    );
    await this.#book.ended("build", outcome);
    return outcome;
  }

  /** Who is interrupted may lose the programs that it runs, too: that is no failure. */
  async #outcomeOf(work: () => Promise<Outcome | undefined>): Promise<Outcome> {
    const outcome = await outcomeOf(work);
    if (outcome.status !== "failed" || !this.#stop.aborted) return outcome;
    return { status: "stopped", rejected: 0, hasBrought: outcome.hasBrought };
  }

  #whenFree<Result>(what: string, work: () => Promise<Result>): Promise<Result | undefined> {
    const onWait = (message: string) => this.#log(`${what}: tries again until it can: ${message}`);
    return whenFree(work, { effects: this.#effects, stop: this.#stop, onWait });
  }

  #sayLate({ source, ticks, served }: Scheduled, start: Date): void {
    const due = served === undefined ? 0 : startsBetween(ticks, served, start);
    if (due > 1) this.#log(`${source}: was due ${times(due)} meanwhile: one run makes up for all`);
  }

  #sayMissed({ source, ticks }: Scheduled, start: Date, end: Date): void {
    const missed = startsBetween(ticks, start, end);
    if (missed > 0) this.#log(`${source}: was due again ${times(missed)} while it ran: left out`);
  }

  async #sleep(): Promise<void> {
    const now = this.#effects.now();
    const next = Math.min(...this.#scheduled.map((one) => nextStart(one, now).getTime()));
    const wait = Math.min(next - now.getTime(), LONGEST_SLEEP);
    if (wait > 0 && !this.#stop.aborted) await this.#effects.sleep(wait, this.#stop);
  }
}

const times = (count: number) =>
  count === 1 ? "once" : count === MOST_COUNTED ? `${MOST_COUNTED} times or more` : `${count} times`;
