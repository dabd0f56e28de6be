import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Collector, Json, Page, Stream, StreamContext, Usage } from "../../collectors/contract.ts";
import { exitCodeOf, reportLines, type RunReport } from "../../src/collect/report.ts";
import { collect } from "../../src/collect/run.ts";
import { loadConfig } from "../../src/config/load.ts";
import { SourceError } from "../../src/errors.ts";
import { packageRoot } from "../../src/package-root.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { verifyChain } from "../../src/warehouse/verify.ts";
import { tinyWorld } from "../cli/commands/world.ts";
import { recordedEffects } from "../cli/effects.ts";

type Pages = ((cursor: Json | undefined, context: StreamContext) => Generator<Page> | AsyncGenerator<Page>) & {
  needs?: readonly string[];
};

/** A database, and runs of made-up streams into it: source -> stream -> its pages. */
async function runner() {
  const warehouse = await openWarehouse(":memory:", { mode: "write" });
  onTestFinished(() => warehouse.close());
  return {
    warehouse,
    run: (sources: Readonly<Record<string, Readonly<Record<string, Pages>>>>) => run(warehouse, sources),
  };
}

async function run(
  warehouse: Warehouse,
  sources: Readonly<Record<string, Readonly<Record<string, Pages>>>>,
  stop?: AbortSignal,
): Promise<RunReport> {
  const world = tinyWorld();
  const source = (name: string) => `  ${name}: { collector: files, files: [{ path: "${name}", entity: deployment }] }\n`;
  world.write("quarterdeck.yaml", `organisation: Test\nsources:\n${Object.keys(sources).map(source).join("")}`);
  const effects = recordedEffects(world.folder);
  return collect(warehouse, await loadConfig(undefined, effects), effects, {
    version: "test",
    stop,
    collectorOf: (options) => {
      const name = "files" in options ? (options.files[0]?.path ?? "") : "";
      return Promise.resolve(collectorWith(sources[name] ?? {}));
    },
  });
}

const collectorWith = (streams: Readonly<Record<string, Pages>>) =>
  ({
    name: "made-up",
    streams: () =>
      Object.entries(streams).map(
        ([name, pages]): Stream<unknown> => ({
          name,
          ...(pages.needs && { needs: pages.needs }),
          pages: async function* (_, cursor, context) {
            yield* pages(cursor, context);
          },
        }),
      ),
    plan: () => Promise.resolve([]),
  }) as unknown as Collector;

const page = (keys: readonly string[], cursor: Json = null, more: Partial<Page> = {}): Page => ({
  records: keys.map((key) => ({ key, payload: { key } })),
  cursor,
  ...more,
});

const keys = async (warehouse: Warehouse) =>
  (await warehouse.rows<{ name: string }>("select source || ' ' || stream || ' ' || key as name from raw.current order by name")).map(({ name }) => name);

const runs = (warehouse: Warehouse) => warehouse.rows("select run_id, status from raw.run order by run_id");

const outcome = ({ streams }: RunReport) => streams.map(({ source, stream, status }) => `${source} ${stream} ${status}`);

const good: Pages = function* () {
  yield page(["1", "2"], { at: 2 });
};

test("what a server sends back of the token is neither stored nor said", async () => {
  const world = tinyWorld();
  const jira = "{ collector: jira, url: https://jira.example.com, projects: [A], email: a@example.com, token: '${TOKEN}' }";
  world.write("quarterdeck.yaml", `organisation: Test\nsources:\n  a: ${jira}\n`);
  const token = "s3cr3t-value";
  const effects = { ...recordedEffects(world.folder), env: { TOKEN: token } };
  const warehouse = await openWarehouse(":memory:", { mode: "write" });
  onTestFinished(() => warehouse.close());
  const echoing: Pages = function* (_, context) {
    context.warn(`the proxy says: Bearer ${token}`);
    context.report(`the proxy says: Bearer ${token}`);
    yield page(["1"]);
    throw new SourceError("a", "network", `the proxy says: Bearer ${token}`);
  };
  const report = await collect(warehouse, await loadConfig(undefined, effects), effects, {
    version: "test",
    collectorOf: () => Promise.resolve(collectorWith({ x: echoing })),
  });
  const stored = await warehouse.rows<{ message: string }>("select message from raw.source_run");
  expect(stored).toEqual([{ message: "the proxy says: Bearer ${TOKEN}" }]);
  expect(report.warnings).toEqual(["a: the proxy says: Bearer ${TOKEN}"]);
  expect([...reportLines(report), effects.printed.err].join("\n")).not.toContain(token);
});

describe("a source that fails", () => {
  test("leaves the others, keeps what it had stored, and is tried again from there", async () => {
    const { warehouse, run } = await runner();
    const cursors: (Json | undefined)[] = [];
    const failing: Pages = function* (cursor) {
      cursors.push(cursor);
      if (cursor === undefined) {
        yield page(["1"], { at: 1 });
        throw new SourceError("b", "auth", "the token has expired: make a new one");
      }
      yield page(["2"], { at: 2 });
    };
    const report = await run({ a: { x: good }, b: { x: failing, y: good }, c: { x: good } });
    expect(outcome(report)).toEqual(["a x completed", "b x failed", "b y skipped", "c x completed"]);
    expect(exitCodeOf(report)).toBe(2);
    expect(reportLines(report)).toEqual([
      "Run 1",
      "  a x  2 new or changed, 0 unchanged (0.0 s)",
      "  b x  failed: the token has expired: make a new one\n    kept before it failed: 1 new or changed, 0 unchanged (0.0 s)",
      "  b y  not read: it builds on what failed before",
      "  c x  2 new or changed, 0 unchanged (0.0 s)",
    ]);
    expect(await keys(warehouse)).toEqual(["a x 1", "a x 2", "b x 1", "c x 1", "c x 2"]);
    const again = await run({ b: { x: failing, y: good } });
    expect(exitCodeOf(again)).toBe(0);
    expect(cursors).toEqual([undefined, { at: 1 }]);
    expect(await keys(warehouse)).toEqual(["a x 1", "a x 2", "b x 1", "b x 2", "b y 1", "b y 2", "c x 1", "c x 2"]);
    expect(await runs(warehouse)).toEqual([{ run_id: 1, status: "incomplete" }, { run_id: 2, status: "completed" }]);
    expect(await warehouse.rows("select source, stream, status, message from raw.source_run where run_id = 1 order by source")).toEqual([
      { source: "a", stream: "x", status: "completed", message: null },
      { source: "b", stream: "x", status: "failed", message: "the token has expired: make a new one" },
      { source: "c", stream: "x", status: "completed", message: null },
    ]);
  });

  test("lets those streams go on that do not need the failed one", async () => {
    const { run } = await runner();
    const needing = (...needs: string[]): Pages => Object.assign(() => good(undefined, undefined as never), { needs });
    // eslint-disable-next-line require-yield
    const failing: Pages = function* () {
      throw new SourceError("a", "network", "no answer");
    };
    const report = await run({ a: { x: failing, y: needing(), z: needing("x"), u: needing("z"), v: needing("y") } });
    expect(outcome(report)).toEqual(["a x failed", "a y completed", "a z skipped", "a u skipped", "a v completed"]);
    expect(exitCodeOf(report)).toBe(2);
  });

  test("through a bug is reported as one, with its stack", async () => {
    const { run } = await runner();
    const buggy: Pages = () => {
      const nothing = undefined as unknown as { length: number };
      return [page(["1"], nothing.length)] as unknown as Generator<Page>;
    };
    const report = await run({ a: { x: buggy }, b: { x: good } });
    expect(outcome(report)).toEqual(["a x failed", "b x completed"]);
    expect(report.streams[0]?.message).toMatch(
      /^this is a bug in the collector files; please report it with what follows\nTypeError: Cannot read properties of undefined \(reading 'length'\)\n\s+at .*run\.test\.ts/,
    );
    expect(exitCodeOf(report)).toBe(2);
  });

  test("through a page that cannot be stored is one of its bugs too, and nothing of the page is there", async () => {
    const { warehouse, run } = await runner();
    const cyclic: Json[] = [];
    cyclic.push(cyclic);
    const report = await run({
      a: {
        *x() {
          yield page(["1"], 1);
          yield { records: [{ key: "2", payload: 2 }, { key: "3", payload: cyclic }], cursor: 2 };
        },
      },
      b: { x: good },
    });
    expect(outcome(report)).toEqual(["a x failed", "b x completed"]);
    expect(await keys(warehouse)).toEqual(["a x 1", "b x 1", "b x 2"]);
    expect(await warehouse.rows("select cursor::varchar as cursor from raw.cursor where source = 'a'")).toEqual([{ cursor: "1" }]);
  });

  test("cannot speak to the terminal through its messages", async () => {
    const { run } = await runner();
    const report = await run({
      a: {
        // eslint-disable-next-line require-yield
        *x() {
          throw new SourceError("a", "network", "no answer from \u001b[2J\u0007example\nsecond line");
        },
      },
    });
    expect(reportLines(report)).toEqual(["Run 1", "  a x  failed: no answer from \uFFFD[2J\uFFFDexample\n    second line"]);
  });
});

test("asked to end, it stores the page that is being read, and the next run goes on from there", async () => {
  const { warehouse } = await runner();
  const asked = new AbortController();
  const cursors: (Json | undefined)[] = [];
  const long: Pages = function* (cursor) {
    cursors.push(cursor);
    if (cursor === undefined) {
      yield page(["1"], 1);
      asked.abort();
      yield page(["2"], 2);
    }
    yield page(["3"], 3);
  };
  const report = await run(warehouse, { a: { x: long, y: good }, b: { x: good } }, asked.signal);
  expect(outcome(report)).toEqual(["a x stopped", "a y skipped", "b x skipped"]);
  expect(exitCodeOf(report)).toBe(1);
  expect(reportLines(report)[1]).toMatch(/^ {2}a x {2}the run was asked to end; the next goes on from here\n {4}kept before it stopped: 2 new/);
  expect(await keys(warehouse)).toEqual(["a x 1", "a x 2"]);
  expect(outcome(await run(warehouse, { a: { x: long, y: good }, b: { x: good } }))).toEqual(["a x completed", "a y completed", "b x completed"]);
  expect(cursors).toEqual([undefined, 2]);
  expect(await keys(warehouse)).toEqual(["a x 1", "a x 2", "a x 3", "a y 1", "a y 2", "b x 1", "b x 2"]);
});

describe("what asking costs", () => {
  const asking = (calls: number, more: Partial<Usage> = {}, end?: Error): Pages =>
    function* (_, { usage }) {
      usage.calls += calls;
      yield page(["1", "2"], 1);
      Object.assign(usage, more);
      if (end) throw end;
    };

  test("is said and kept for each stream, also for one that fails; nothing of what is not asked", async () => {
    const { warehouse, run } = await runner();
    const gone = new SourceError("hub", "network", "no answer: ask again");
    const report = await run({
      hub: { x: asking(300, { points: 140, waited: 3 }), y: asking(12, { points: 8, retries: 2 }, gone) },
      plain: { x: asking(1, { retries: 1 }) },
      folder: { x: good },
    });
    expect(reportLines(report)).toEqual([
      "Run 1",
      "  hub x     2 new or changed, 0 unchanged (0.0 s; 300 requests, 140 points, waited 3 s)",
      "  hub y     failed: no answer: ask again\n    kept before it failed: 2 new or changed, 0 unchanged (0.0 s; 12 requests, 8 points, 2 retries)",
      "  plain x   2 new or changed, 0 unchanged (0.0 s; 1 request, 1 retry)",
      "  folder x  2 new or changed, 0 unchanged (0.0 s)",
      "  hub in all: 4 records for 312 requests, 148 points, 2 retries, waited 3 s",
      "  plain in all: 2 records for 1 request, 1 retry",
    ]);
    expect(await warehouse.rows("select * from raw.source_usage order by source, stream")).toEqual([
      { run_id: 1, source: "hub", stream: "x", calls: 300, points: 140, retries: 0, waited_seconds: 3 },
      { run_id: 1, source: "hub", stream: "y", calls: 12, points: 8, retries: 2, waited_seconds: 0 },
      { run_id: 1, source: "plain", stream: "x", calls: 1, points: null, retries: 1, waited_seconds: 0 },
    ]);
  });

  test("a run that was to stop leaves the rest of its source for the next, and is a finding", async () => {
    const { warehouse, run } = await runner();
    const stopped = new SourceError("hub", "stopped", "stopped after 9 points: the next run goes on from here");
    const free = Object.assign(() => good(undefined, undefined as never), { needs: [] });
    const report = await run({ hub: { x: asking(1, { points: 9 }, stopped), y: free }, other: { x: good } });
    expect(outcome(report)).toEqual(["hub x stopped", "hub y skipped", "other x completed"]);
    expect(exitCodeOf(report)).toBe(1);
    expect(reportLines(report).slice(1, 3)).toEqual([
      "  hub x    stopped after 9 points: the next run goes on from here\n    kept before it stopped: 2 new or changed, 0 unchanged (0.0 s; 1 request, 9 points)",
      "  hub y    not read: the run was to stop before; the next goes on",
    ]);
    expect(await runs(warehouse)).toEqual([{ run_id: 1, status: "incomplete" }]);
  });

  test("a stream knows whether its source was ever read to its end", async () => {
    const { run } = await runner();
    const seen: (boolean | undefined)[] = [];
    const looking: Pages = function* (_, { isUnread }) { seen.push(isUnread); yield page(["1"]); };
    let isFailing = true;
    // eslint-disable-next-line require-yield
    const failing: Pages = function* () { if (isFailing) throw new SourceError("a", "network", "no answer"); };
    await run({ a: { x: looking, y: failing } });
    isFailing = false;
    await run({ a: { x: looking, y: failing } });
    await run({ a: { x: looking, y: failing } });
    expect(seen).toEqual([true, true, false]);
  });
});

test("what a source has and is not stored is said as the expectation says it, of the sources that were read", async () => {
  const { warehouse, run } = await runner();
  const short = (declaredTotal: number): Pages => function* () { yield page(["1", "2"], 1, { declaredTotal }); };
  const report = await run({ a: { x: short(5), y: short(2) } });
  const expectation = readFileSync(join(packageRoot, "queries/expectations/declared_total_stored.sql"), "utf8");
  expect(report.gaps).toEqual(await warehouse.rows(expectation));
  expect(reportLines(report)).toContain(
    "  missing: a x: The source declared 5 records, 2 are stored. Collect again; if the difference stays, look at what was rejected.",
  );
  expect((await run({ b: { x: good } })).gaps).toEqual([]);
  expect((await run({ a: { x: short(2) } })).gaps).toEqual([]);
});

describe("runs", () => {
  test("one that never ended is marked as interrupted by the next", async () => {
    const { warehouse, run } = await runner();
    await run({ a: { x: good } });
    await warehouse.run("insert into raw.run values (2, now(), null, 'running', 'test')");
    await run({ a: { x: good } });
    expect(await runs(warehouse)).toEqual([
      { run_id: 1, status: "completed" },
      { run_id: 2, status: "interrupted" },
      { run_id: 3, status: "completed" },
    ]);
  });

  test("one that begins before another says that a clock is wrong", async () => {
    const { warehouse, run } = await runner();
    await warehouse.run("insert into raw.run values (1, timestamptz '2030-01-01 00:00:00+00', null, 'completed', 'test')");
    const { warnings } = await run({ a: { x: good } });
    expect(warnings).toEqual([expect.stringMatching(/^the clock shows 2026-07-01T00:00:00.000Z, and an earlier run began at 2030-01-01T00:00:00Z: .*correct the clock/)]);
  });

  test("a thousand rejected rows are stored with the page", async () => {
    const { warehouse, run } = await runner();
    const rejected = Array.from({ length: 1000 }, (_, line) => ({ file: "x.csv", line: line + 1, reason: "expected \u00e9\ud83d\ude00", text: "a\tb", ...(line === 0 && { column: "id" }) }));
    await run({ a: { x: function* () { yield page(["1"], 1, { files: [{ file: "x.csv", accepted: 1 }], rejected }); } } });
    expect(await warehouse.rows("select run_id, source, stream, file, line, column_name, reason, text from raw.rejected_row order by line limit 2")).toEqual([
      { run_id: 1, source: "a", stream: "x", file: "x.csv", line: 1, column_name: "id", reason: "expected é😀", text: "a\tb" },
      { run_id: 1, source: "a", stream: "x", file: "x.csv", line: 2, column_name: null, reason: "expected é😀", text: "a\tb" },
    ]);
    expect(await warehouse.rows("select rejected, accepted from raw.read_file")).toEqual([{ rejected: 1000, accepted: 1 }]);
  });

  test("what was rejected is counted, and is a finding", async () => {
    const { run } = await runner();
    const rejected = [{ file: "x.csv", line: 2, reason: "expected an id", text: "," }];
    const report = await run({ a: { x: function* () { yield page(["1"], 1, { files: [{ file: "x.csv", accepted: 1 }], rejected }); } } });
    expect(exitCodeOf(report)).toBe(1);
    expect(reportLines(report)).toEqual([
      "Run 1",
      "  a x  1 new or changed, 0 unchanged, 1 rejected (0.0 s)",
      "  rejected: x.csv:2: expected an id",
      "  1 rejected row is kept with file, line and reason: `quarterdeck query current_rejected_row`",
    ]);
  });

  test("what the source says it has is kept beside what was stored", async () => {
    const { warehouse, run } = await runner();
    await run({ a: { x: function* () { yield page(["1"], 1, { declaredTotal: 5 }); yield page(["2"], 2); } } });
    expect(await warehouse.rows("select pages, stored, declared_total from raw.source_run")).toEqual([
      { pages: 2, stored: 2, declared_total: 5 },
    ]);
  });

  test("a stream can ask what is stored of it, of this page and of earlier runs", async () => {
    const { run } = await runner();
    const seen: unknown[] = [];
    const asking: Pages = async function* (_, { stored }) {
      yield { records: [{ key: "a:3", payload: 3, updatedAt: "2026-01-02T03:04:05Z" }, { key: "b:1", payload: null }], cursor: 2 };
      seen.push(await stored?.counts(":"), await stored?.startingWith("a:"));
    };
    await run({ s: { x: function* () { yield page(["a:1", "a:2", "b:1"]); }, y: function* () { yield page(["a:9"]); } } });
    await run({ s: { x: asking } });
    expect(seen).toEqual([
      new Map([["a", 3]]),
      new Map([["a:1", null], ["a:2", null], ["a:3", Date.parse("2026-01-02T03:04:05Z")]]),
    ]);
  });

  test("a stream that yields nothing keeps its cursor", async () => {
    const { warehouse, run } = await runner();
    await run({ a: { x: good } });
    const seen: (Json | undefined)[] = [];
    // eslint-disable-next-line require-yield
    await run({ a: { x: function* (cursor) { seen.push(cursor); } } });
    expect(seen).toEqual([{ at: 2 }]);
    expect(await warehouse.rows("select cursor::varchar as cursor from raw.cursor")).toEqual([{ cursor: '{"at":2}' }]);
  });

  test("a snapshot of one stream deletes nothing of the next", async () => {
    const { warehouse, run } = await runner();
    const whole = (...all: string[]): Pages => function* () { yield page(all, 1, { isSnapshotEnd: true }); };
    await run({ a: { x: whole("1", "2"), y: whole("1", "2") } });
    const report = await run({ a: { x: whole("1"), y: whole("2") } });
    expect(report.streams.map(({ deleted }) => deleted)).toEqual([1, 1]);
    expect(await keys(warehouse)).toEqual(["a x 1", "a y 2"]);
  });

  test("a snapshot that was cut short deletes nothing", async () => {
    const { warehouse, run } = await runner();
    await run({ a: { x: function* () { yield page(["1", "2", "3"], 1, { isSnapshotEnd: true }); } } });
    await run({ a: { x: function* () { yield page(["1"], 2); throw new SourceError("a", "network", "gone"); } } });
    expect(await keys(warehouse)).toEqual(["a x 1", "a x 2", "a x 3"]);
  });

  test("many pages in one run, one page a run: the same in the end", async () => {
    const all = Array.from({ length: 7 }, (_, index) => page([`k${index % 3}`, `n${index}`], index));
    const from = (cursor: Json | undefined) => (cursor === undefined ? 0 : Number(cursor) + 1);
    const once = await runner();
    await once.run({ a: { x: function* (cursor) { yield* all.slice(from(cursor)); } } });
    const often = await runner();
    for (const _ of all) await often.run({ a: { x: function* (cursor) { yield* all.slice(from(cursor), from(cursor) + 1); } } });
    const state = "select source, stream, key, payload::varchar as payload from raw.current order by key";
    expect(await often.warehouse.rows(state)).toEqual(await once.warehouse.rows(state));
    expect((await verifyChain(often.warehouse)).problems).toEqual([]);
  });
});
