import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nothingAsked } from "../../collectors/contract.ts";
import type { RunReport, StreamReport } from "../../src/collect/report.ts";
import { DataError, UsageError } from "../../src/errors.ts";
import { Book, type Settings } from "../../src/schedule/book.ts";
import { ticksOf } from "../../src/schedule/cron.ts";
import type { Health } from "../../src/schedule/health.ts";
import { Keeper, type Work } from "../../src/schedule/keeper.ts";
import { temporaryFolder } from "../cli/commands/world.ts";
import { Clock } from "./clock.ts";

const MINUTE = 60_000;

interface Source {
  readonly expression: string;
  /** When it was last read to its end; left out = never. */
  readonly served?: string;
  readonly delay?: number;
}

const stream = (status: StreamReport["status"], more: Partial<StreamReport> = {}): StreamReport => ({
  ...{ source: "x", stream: "commit", status, stored: 0, unchanged: 0, deleted: 0, rejected: 0, seconds: 0, usage: nothingAsked() },
  ...more,
});

const report = (...streams: StreamReport[]): RunReport => ({ runId: 1, streams, warnings: [], gaps: [] });
const DONE = report(stream("completed"));
const FAILED = report(stream("completed", { stream: "ref" }), stream("failed", { message: "the token has expired: make a new one" }));

const NOTHING = report(stream("failed"), stream("skipped", { stream: "ref" }));

interface Given {
  readonly sources: Readonly<Record<string, Source>>;
  readonly from: string;
  readonly until: string;
  readonly settings?: Partial<Settings>;
  readonly before?: Health;
  /** What a run does; left out = it takes no time and brings everything. */
  readonly collect?: (clock: Clock, source: string, stop: AbortSignal) => Promise<RunReport> | RunReport;
  readonly build?: (clock: Clock) => void;
  readonly fetch?: typeof globalThis.fetch;
}

/** A schedule in Berlin on a clock that is never waited for. */
function keeperOf({ sources, from, until, settings, before, collect = () => DONE, build, fetch }: Given) {
  const folder = temporaryFolder();
  const clock = new Clock(folder, from, until);
  const starts: string[] = [];
  const at = () => clock.now.toISOString().slice(0, 19);
  const scheduled = Object.entries(sources).map(([source, { expression, served, delay = 0 }]) => ({
    source,
    ticks: ticksOf(expression, "Europe/Berlin", delay),
    served: served === undefined ? undefined : new Date(served),
  }));
  const work: Work = {
    collect: async (source, stop) => {
      starts.push(`${source} ${at()}`);
      return collect(clock, source, stop);
    },
    build:
      build &&
      (async () => {
        starts.push(`build ${at()}`);
        build(clock);
      }),
  };
  const healthFile = join(folder, "health.json");
  const effects = { ...clock.effects, ...(fetch && { fetch }) };
  const all: Settings = { organisation: "Acme", healthFile, withoutSecrets: (text) => text, ...settings };
  const book = new Book(scheduled, all, effects, before);
  const keeper = new Keeper(scheduled, work, book, effects, clock.stop.signal);
  return { keeper, clock, starts, health: () => JSON.parse(readFileSync(healthFile, "utf8")) as Health };
}

describe("starts", () => {
  test("when due, at most a minute asleep", async () => {
    const { keeper, starts, clock } = keeperOf({
      sources: { a: { expression: "0 * * * *", served: "2026-07-01T00:10:00Z" } },
      from: "2026-07-01T00:30:20Z",
      until: "2026-07-01T02:10:00Z",
    });
    expect(await keeper.keep()).toBe(0);
    expect(starts).toEqual(["a 2026-07-01T01:00:00", "a 2026-07-01T02:00:00"]);
    expect(Math.max(...clock.slept)).toBe(MINUTE);
  });

  test.each([
    ["spring", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", ["a 2026-03-29T01:00:00", "a 2026-03-30T00:30:00"]],
    ["autumn", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", ["a 2026-10-25T00:30:00", "a 2026-10-26T01:30:00"]],
  ])("a source that is due at 02:30 once a day in %s", async (_, from, until, expected) => {
    const { keeper, starts } = keeperOf({ sources: { a: { expression: "30 2 * * *", served: from } }, from, until });
    await keeper.keep();
    expect(starts).toEqual(expected);
  });

  test("later by the jitter", async () => {
    const { keeper, starts } = keeperOf({
      sources: { a: { expression: "0 * * * *", served: "2026-07-01T00:10:00Z", delay: 90_000 } },
      from: "2026-07-01T00:30:00Z",
      until: "2026-07-01T02:30:00Z",
    });
    await keeper.keep();
    expect(starts).toEqual(["a 2026-07-01T01:01:30", "a 2026-07-01T02:01:30"]);
  });

  test("at once what was never read, and one run for all that was due while nothing ran", async () => {
    const { keeper, starts, clock } = keeperOf({
      sources: {
        late: { expression: "0 * * * *", served: "2026-06-30T12:05:00Z" },
        fresh: { expression: "0 * * * *", served: "2026-07-01T00:05:00Z" },
        never: { expression: "0 3 1 1 *" },
      },
      from: "2026-07-01T00:30:00Z",
      until: "2026-07-01T00:40:00Z",
    });
    await keeper.keep();
    expect(starts).toEqual(["late 2026-07-01T00:30:00", "never 2026-07-01T00:30:00"]);
    // 13:00 to 24:00.
    expect(clock.said[0]).toBe("late: was due 12 times meanwhile: one run makes up for all");
  });

  test("one source after the other, and none that still runs: what it missed is said and left out", async () => {
    const { keeper, starts, clock } = keeperOf({
      sources: {
        slow: { expression: "*/10 * * * *", served: "2026-07-01T00:00:00Z" },
        quick: { expression: "*/10 * * * *", served: "2026-07-01T00:00:00Z" },
      },
      from: "2026-07-01T00:05:00Z",
      until: "2026-07-01T00:55:00Z",
      collect: (clock, source) => {
        if (source === "slow") clock.pass(25 * MINUTE);
        return DONE;
      },
    });
    await keeper.keep();
    // slow: 00:10 to 00:35, then 00:40 to 01:05, when all was asked to end.
    expect(starts).toEqual(["slow 2026-07-01T00:10:00", "quick 2026-07-01T00:35:00", "slow 2026-07-01T00:40:00"]);
    expect(clock.said.slice(0, 3)).toEqual([
      "slow: was due again twice while it ran: left out".replace("twice", "2 times"),
      "quick: was due 3 times meanwhile: one run makes up for all",
      "slow: was due again 2 times while it ran: left out",
    ]);
  });

  test("nothing twice when the clock is set back; a clock that had been wrong by years is believed again", async () => {
    let runs = 0;
    const { keeper, starts } = keeperOf({
      sources: { a: { expression: "30 * * * *", served: "2026-07-01T00:00:00Z" } },
      from: "2026-07-01T00:20:00Z",
      until: "2026-07-01T02:45:00Z",
      collect: (clock) => {
        runs += 1;
        // An hour back during the first run.
        if (runs === 1) clock.pass(-60 * MINUTE);
        return DONE;
      },
    });
    await keeper.keep();
    expect(starts).toEqual(["a 2026-07-01T00:30:00", "a 2026-07-01T01:30:00", "a 2026-07-01T02:30:00"]);
    const wrong = keeperOf({
      sources: { a: { expression: "30 * * * *", served: "2031-01-01T00:00:00Z" } },
      from: "2026-07-01T00:20:00Z",
      until: "2026-07-01T00:45:00Z",
    });
    await wrong.keeper.keep();
    expect(wrong.starts).toEqual(["a 2026-07-01T00:20:00", "a 2026-07-01T00:30:00"]);
  });

  test("once after the machine slept through the night", async () => {
    const given = keeperOf({
      sources: { a: { expression: "0 * * * *", served: "2026-07-01T00:05:00Z" } },
      from: "2026-07-01T00:30:00Z",
      until: "2026-07-01T09:30:00Z",
    });
    let isAsleep = true;
    const { sleep } = given.clock.effects;
    const effects = {
      ...given.clock.effects,
      sleep: async (milliseconds: number) => {
        await sleep(milliseconds);
        if (isAsleep) given.clock.pass(8 * 60 * MINUTE);
        isAsleep = false;
      },
    };
    const keeper = new Keeper(
      [{ source: "a", ticks: ticksOf("0 * * * *", "Europe/Berlin", 0), served: new Date("2026-07-01T00:05:00Z") }],
      { collect: async () => (given.starts.push(`a ${given.clock.now.toISOString().slice(0, 19)}`), DONE) },
      new Book([], { organisation: "Acme", healthFile: join(given.clock.recorded.cwd, "h.json"), withoutSecrets: String }, effects, undefined),
      effects,
      given.clock.stop.signal,
    );
    await keeper.keep();
    expect(given.starts).toEqual(["a 2026-07-01T08:31:00", "a 2026-07-01T09:00:00"]);
  });
});

describe("the site", () => {
  const sources = { a: { expression: "0 * * * *" }, b: { expression: "0 * * * *" } };
  const hour = { sources, from: "2026-07-01T00:30:00Z", until: "2026-07-01T00:40:00Z" };

  test("is written once after the sources of a round", async () => {
    const { keeper, starts, health } = keeperOf({ ...hour, build: (clock) => clock.pass(5_000) });
    await keeper.keep();
    expect(starts).toEqual(["a 2026-07-01T00:30:00", "b 2026-07-01T00:30:00", "build 2026-07-01T00:30:00"]);
    expect(health().build).toMatchObject({ last_start: "2026-07-01T00:30:00.000Z", last_success: "2026-07-01T00:30:05.000Z", consecutive_failures: 0 });
  });

  test.each([
    ["one source of several failed", (source: string) => (source === "a" ? NOTHING : DONE)],
    ["one stream of each source failed", () => FAILED],
    ["something was stored before all failed", () => report(stream("failed", { stored: 1 }))],
    ["something was stored before all stopped", () => report(stream("stopped", { stored: 1 }))],
  ])("is written where %s", async (_, reportOf) => {
    const { keeper, starts } = keeperOf({ ...hour, build: () => undefined, collect: (_, source) => reportOf(source) });
    await keeper.once();
    expect(starts.at(-1)).toBe("build 2026-07-01T00:30:00");
  });

  test("stays as it was where every source failed and brought nothing", async () => {
    const all = keeperOf({ ...hour, build: () => undefined, collect: () => NOTHING });
    expect(await all.keeper.once()).toBe(2);
    expect(all.starts).toEqual(["a 2026-07-01T00:30:00", "b 2026-07-01T00:30:00"]);
  });

  test("that fails is a failure, and ends nothing", async () => {
    const broken = () => {
      throw new UsageError("the site cannot be written to public: no space left on its disk");
    };
    const { keeper, health, clock } = keeperOf({ ...hour, build: broken });
    expect(await keeper.keep()).toBe(0);
    expect(clock.said).toContain("build: failed (1 in a row): the site cannot be written to public: no space left on its disk");
    expect(health().build).toMatchObject({ last_success: null, consecutive_failures: 1 });
    expect(health().sources["a"]).toMatchObject({ consecutive_failures: 0 });
  });
});

describe("a source that fails", () => {
  const failing = {
    sources: { a: { expression: "*/10 * * * *" }, b: { expression: "*/10 * * * *" } },
    from: "2026-07-01T00:05:00Z",
    until: "2026-07-01T00:35:00Z",
    collect: (_: Clock, source: string) => (source === "a" ? FAILED : DONE),
  };

  test("is tried again when due, and told in the health file", async () => {
    const { keeper, starts, health } = keeperOf(failing);
    expect(await keeper.keep()).toBe(0);
    expect(starts.filter((start) => start.startsWith("a"))).toEqual([
      ...["a 2026-07-01T00:05:00", "a 2026-07-01T00:10:00", "a 2026-07-01T00:20:00", "a 2026-07-01T00:30:00"],
    ]);
    expect(health().sources).toEqual({
      a: {
        last_start: "2026-07-01T00:30:00.000Z",
        last_success: null,
        next_due: "2026-07-01T00:40:00.000Z",
        consecutive_failures: 4,
        last_message: "commit: the token has expired: make a new one",
      },
      b: {
        last_start: "2026-07-01T00:30:00.000Z",
        last_success: "2026-07-01T00:30:00.000Z",
        next_due: "2026-07-01T00:40:00.000Z",
        consecutive_failures: 0,
        last_message: null,
      },
    });
  });

  test("ends the process after as many times in a row as configured, those of an earlier process among them", async () => {
    const settings = { exitAfterFailures: 3 };
    const { keeper, starts, clock, health } = keeperOf({ ...failing, settings });
    expect(await keeper.keep()).toBe(2);
    expect(starts.at(-2)).toBe("a 2026-07-01T00:20:00");
    expect(clock.said.at(-1)).toBe("a: failed too often in a row: ends, as `schedule.exit_after_failures` says");
    const next = keeperOf({ ...failing, settings, before: health() });
    expect(await next.keeper.keep()).toBe(2);
    expect(next.starts).toEqual(["a 2026-07-01T00:05:00", "b 2026-07-01T00:05:00"]);
  });

  test("counts from nought again once it succeeded", async () => {
    let runs = 0;
    const sometimes = { ...failing, collect: () => ((runs += 1) % 3 === 0 ? DONE : FAILED), settings: { exitAfterFailures: 3 } };
    const { keeper, health } = keeperOf({ ...sometimes, sources: { a: { expression: "* * * * *" } } });
    expect(await keeper.keep()).toBe(0);
    expect(runs).toBeGreaterThan(20);
    expect(health().sources["a"]?.last_success).not.toBeNull();
  });

  test("through what nobody foresaw leaves the others", async () => {
    const { keeper, health, clock } = keeperOf({
      ...failing,
      collect: (_, source) => {
        if (source === "a") throw new TypeError("x is not a function");
        return DONE;
      },
    });
    expect(await keeper.once()).toBe(2);
    expect(health().sources["a"]?.last_message).toMatch(/^this is a bug; please report it with what follows\nTypeError: x is not a function/);
    expect(clock.said[0]).toBe("a: failed (1 in a row): this is a bug; please report it with what follows");
    expect(health().sources["b"]?.last_success).toBe("2026-07-01T00:05:00.000Z");
  });
});

describe("asked to end", () => {
  const sources = { a: { expression: "0 * * * *" }, b: { expression: "0 * * * *" } };
  const at = { sources, from: "2026-07-01T00:30:00Z", until: "2026-07-01T00:40:00Z", build: () => undefined };

  test("ends what runs, starts nothing more, and leaves it due", async () => {
    const { keeper, starts, health, clock } = keeperOf({
      ...at,
      collect: (clock, _, stop) => {
        clock.stop.abort();
        return report(stream(stop.aborted ? "stopped" : "completed"));
      },
    });
    expect(await keeper.keep()).toBe(0);
    expect(starts).toEqual(["a 2026-07-01T00:30:00"]);
    expect(health().sources["a"]).toMatchObject({ last_success: null, consecutive_failures: 0, next_due: "2026-07-01T00:30:00.000Z" });
    expect(clock.said).toEqual(["was asked to end: ends"]);
  });

  test("takes no program that ended with it for a failure", async () => {
    const { keeper, health } = keeperOf({
      ...at,
      collect: (clock) => {
        clock.stop.abort();
        return FAILED;
      },
    });
    expect(await keeper.keep()).toBe(0);
    expect(health().sources["a"]).toMatchObject({ consecutive_failures: 0, last_message: null });
  });
});

describe("a database that another process holds", () => {
  const inUse = () => {
    throw new DataError("quarterdeck.duckdb is in use by another process (PID 42): wait until it has ended");
  };

  test("is waited for, which is said once", async () => {
    let tries = 0;
    const { keeper, clock, health } = keeperOf({
      sources: { a: { expression: "0 * * * *" } },
      from: "2026-07-01T00:30:00Z",
      until: "2026-07-01T00:40:00Z",
      collect: () => ((tries += 1) < 4 ? inUse() : DONE),
    });
    expect(await keeper.once()).toBe(0);
    expect(tries).toBe(4);
    expect(clock.said).toEqual(["a: tries again until it can: quarterdeck.duckdb is in use by another process (PID 42): wait until it has ended"]);
    expect(health().sources["a"]).toMatchObject({ last_start: "2026-07-01T00:30:00.000Z", last_success: "2026-07-01T00:30:15.000Z" });
  });

  test("is waited for no longer than until asked to end", async () => {
    const { keeper, clock } = keeperOf({
      sources: { a: { expression: "0 * * * *" } },
      from: "2026-07-01T00:30:00Z",
      until: "2026-07-01T00:40:00Z",
      collect: inUse,
    });
    expect(await keeper.keep()).toBe(0);
    expect(clock.now.toISOString()).toBe("2026-07-01T00:40:00.000Z");
    expect(clock.said).toHaveLength(2);
  });
});

describe("notices", () => {
  const failing = {
    sources: { a: { expression: "*/10 * * * *" } },
    from: "2026-07-01T00:05:00Z",
    until: "2026-07-01T00:12:00Z",
    collect: () => FAILED,
    settings: { noticeUrl: "https://chat.example.com/hook/s3cret", withoutSecrets: (text: string) => text.replaceAll("expired", "${TOKEN}") },
  };

  test("name source, stream and message, as JSON, without secrets", async () => {
    const sent: { url: string; init: RequestInit }[] = [];
    const fetch: typeof globalThis.fetch = async (url, init) => {
      sent.push({ url: url instanceof Request ? url.url : url.toString(), init: init ?? {} });
      return new Response("ok");
    };
    await keeperOf({ ...failing, fetch }).keeper.keep();
    expect(sent.map(({ url }) => url)).toEqual([failing.settings.noticeUrl, failing.settings.noticeUrl]);
    expect(sent[1]?.init).toMatchObject({ method: "POST", redirect: "error", headers: { "content-type": "application/json" } });
    expect(JSON.parse(sent[1]?.init.body as string)).toEqual({
      text: "Quarterdeck, Acme: a commit: the token has ${TOKEN}: make a new one",
      organisation: "Acme",
      source: "a",
      stream: "commit",
      message: "the token has ${TOKEN}: make a new one",
      consecutive_failures: 2,
      at: "2026-07-01T00:10:00.000Z",
    });
  });

  test.each([
    ["an answer that says no", () => Promise.resolve(new Response("no", { status: 500 })), "it was answered with status 500"],
    [
      "no answer",
      () => Promise.reject(new TypeError("fetch failed: https://chat.example.com/hook/s3cret", { cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }) })),
      "the address does not answer (ECONNREFUSED)",
    ],
    ["an answer that never comes", () => Promise.reject(new DOMException("too late", "TimeoutError")), "no answer in 10 s"],
  ])("%s is said without the address, and ends nothing", async (_, answer, reason) => {
    const { keeper, starts, clock } = keeperOf({ ...failing, fetch: answer });
    expect(await keeper.keep()).toBe(0);
    expect(starts).toHaveLength(2);
    expect(clock.said).toContain(`the notice of this could not be sent: ${reason}`);
    expect(clock.recorded.printed.err).not.toContain("s3cret");
  });
});

describe("the health file", () => {
  const sources = { a: { expression: "0 * * * *" } };
  const at = { sources, from: "2026-07-01T00:30:00Z", until: "2026-07-01T00:40:00Z" };

  test("that cannot be written is said before anything is read", async () => {
    const { keeper, starts } = keeperOf({ ...at, settings: { healthFile: "/nowhere/health.json" } });
    await expect(keeper.keep()).rejects.toThrow("/nowhere/health.json cannot be written (ENOENT): correct `schedule.health_file`, or its folder");
    expect(starts).toEqual([]);
  });

  test("says that a run has started while it runs", async () => {
    let during: Health | undefined;
    const given: ReturnType<typeof keeperOf> = keeperOf({ ...at, collect: () => ((during = given.health()), DONE) });
    await given.keeper.once();
    expect(during?.sources["a"]).toMatchObject({ last_start: "2026-07-01T00:30:00.000Z", last_success: null, next_due: "2026-07-01T00:30:00.000Z" });
  });
});

test("once: reads what is due, and says when nothing is", async () => {
  const at = { from: "2026-07-01T00:30:00Z", until: "2026-07-01T00:40:00Z" };
  const due = { expression: "0 * * * *", served: "2026-06-30T23:59:00Z" };
  const fresh = { expression: "0 * * * *", served: "2026-07-01T00:00:30Z" };
  const some = keeperOf({ ...at, sources: { due, fresh } });
  expect(await some.keeper.once()).toBe(0);
  expect(some.starts).toEqual(["due 2026-07-01T00:30:00"]);
  const none = keeperOf({ ...at, sources: { fresh } });
  expect(await none.keeper.once()).toBe(0);
  expect(none.clock.said).toEqual(["nothing is due"]);
  const rejecting = keeperOf({ ...at, sources: { due }, collect: () => report(stream("completed", { rejected: 2 })) });
  expect(await rejecting.keeper.once()).toBe(1);
});
