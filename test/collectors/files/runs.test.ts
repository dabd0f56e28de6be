import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Json, nothingAsked } from "../../../collectors/contract.ts";
import { SourceError } from "../../../src/errors.ts";
import { filesConfig } from "../../../collectors/files/config.ts";
import { files } from "../../../collectors/files/index.ts";
import { brokenFile } from "../../../collectors/reading/append.ts";
import { collect, folder, write, type FileInput } from "./support.ts";

const T = "2026-01-31T12:00:00Z";
const csv = (...ids: readonly string[]) => `id,started_at\n${ids.map((id) => `${id},${T}\n`).join("")}`;
const keys = ({ records }: Awaited<ReturnType<typeof collect>>) => records.map(({ key }) => key);

describe("one file is one page", () => {
  test("in order of path, with records and rejected rows together", async () => {
    const directory = folder({ "b.csv": csv("3"), "a.csv": `${csv("1")},\n`, "sub/c.csv": csv("4") });
    const { pages } = await collect(directory, [{ path: "**/*.csv", entity: "incident" }]);
    expect(pages.map(({ files, records, rejected }) => [files, records.length, rejected?.length])).toEqual([
      [[{ file: "a.csv", accepted: 1 }], 1, 1],
      [[{ file: "b.csv", accepted: 1 }], 1, 0],
      [[{ file: "sub/c.csv", accepted: 1 }], 1, 0],
    ]);
  });

  test("several entries feed one stream; other entities have their own", () => {
    const entry = (entity: FileInput["entity"]): FileInput => ({ path: `${entity}.csv`, entity });
    const config = filesConfig.parse({
      collector: "files",
      files: [entry("ticket"), entry("incident"), entry("ticket")],
    });
    expect(files.streams(config).map(({ name }) => name)).toEqual(["ticket", "incident"]);
  });

  test("a file read in two ways brings both kinds of rows", async () => {
    const directory = folder({ "d.csv": `id,service,sha,at\n1,api,abc,${T}\n` });
    const as = (environment: string): FileInput => ({
      path: "d.csv",
      entity: "release",
      columns: { version: { value: environment }, published_at: "at" },
    });
    const { records, pages } = await collect(directory, [as("1.0"), as("2.0"), as("1.0")]);
    expect(records.map(({ key }) => key)).toEqual(['["api","1.0"]', '["api","2.0"]']);
    expect(pages).toHaveLength(1);
  });
});

describe("keys", () => {
  test("of several columns are JSON, with null for what is missing", async () => {
    const directory = folder({
      "d.csv": "id,attempt,service,environment,status\n1,2,api,prod,success\n1,,api,prod,success\n",
    });
    expect(keys(await collect(directory, [{ path: "d.csv", entity: "deployment" }]))).toEqual([
      '["1",2]',
      '["1",null]',
    ]);
  });

  test("that come again with other values are rejected, word for word they are passed over", async () => {
    const directory = folder({
      "a.csv": `id,started_at,title\n1,${T},\n2,${T},\n1,${T},\n2,${T},other\n`,
    });
    const result = await collect(directory, [{ path: "*.csv", entity: "incident" }]);
    expect(keys(result)).toEqual(["1", "2"]);
    expect(result.rejected).toEqual([
      {
        file: "a.csv",
        line: 5,
        reason: "duplicate key, first seen at a.csv:3 with other values",
        text: `2,${T},other`,
      },
    ]);
    expect(result.warnings).toEqual(["a.csv: 1 row said again, word for word, what an earlier row said"]);
  });

  test("that come again in a later file are newer versions, and an earlier file never undoes them", async () => {
    const directory = folder({
      "a.csv": csv("1", "2"),
      "b.csv": `id,started_at,title\n2,${T},newer\n`,
    });
    const inputs: FileInput[] = [{ path: "*.csv", entity: "incident" }];
    const first = await collect(directory, inputs);
    expect(keys(first)).toEqual(["1", "2", "2"]);
    write(directory, { "a.csv": csv("1", "2", "3") });
    const second = await collect(directory, inputs, first.cursor);
    expect(keys(second)).toEqual(["1", "2", "3", "2"]);
    // A run that is cut short between the two would leave the word to the earlier one.
    const resumed = await collect(directory, inputs, second.pages[0]?.cursor);
    expect(keys(resumed)).toEqual(["2"]);
  });

  test("of a broken file do not count as seen", async () => {
    const directory = folder({ "a.csv": `${csv("1")}"2,x\n`, "b.csv": `id,started_at,title\n1,${T},good\n` });
    const { payloads } = await collect(directory, [{ path: "*.csv", entity: "incident" }]);
    expect(payloads).toEqual([{ id: "1", title: "good", started_at: T }]);
  });
});

test("a payload holds the columns in the order of the catalogue, whatever the file's order", async () => {
  const directory = folder({ "i.csv": `url,title,started_at,id\nhttps://x,t,${T},1\n` });
  const { payloads } = await collect(directory, [{ path: "i.csv", entity: "incident" }]);
  expect(JSON.stringify(payloads[0])).toBe(`{"id":"1","title":"t","started_at":"${T}","url":"https://x"}`);
});

test("all slips of a row are told at once", async () => {
  const directory = folder({ "d.csv": "id,attempt,service,environment,status\n1,one,,prod,done\n" });
  const { rejected } = await collect(directory, [{ path: "d.csv", entity: "deployment" }]);
  expect(rejected).toEqual([
    {
      file: "d.csv",
      line: 2,
      column: "attempt",
      reason:
        'expected a whole number, found "one"; service: expected a value, found none; ' +
        'status: expected success, failure, cancelled, skipped or in_progress, found "done"',
      text: "1,one,,prod,done",
    },
  ]);
});

describe("append", () => {
  const inputs: FileInput[] = [{ path: "*.csv", entity: "incident" }];

  test("reads files again only when bytes or mapping changed", async () => {
    const directory = folder({ "a.csv": csv("1"), "b.csv": csv("2") });
    const first = await collect(directory, inputs);
    expect((await collect(directory, inputs, first.cursor)).pages).toEqual([]);
    write(directory, { "b.csv": csv("2", "3") });
    const second = await collect(directory, inputs, first.cursor);
    expect(keys(second)).toEqual(["2", "3"]);
    const remapped = await collect(directory, [{ ...inputs[0]!, time: { zone: "UTC" } }], second.cursor);
    expect(keys(remapped)).toEqual(["1", "2", "3"]);
  });

  test("tries a broken file again in every run, and reads the old one anew when it comes back: it is no longer rejected", async () => {
    const directory = folder({ "a.csv": csv("1") });
    const first = await collect(directory, inputs);
    write(directory, { "a.csv": '"' });
    const second = await collect(directory, inputs, first.cursor);
    expect(second.rejected).toHaveLength(1);
    expect((await collect(directory, inputs, second.cursor)).rejected).toHaveLength(1);
    write(directory, { "a.csv": csv("1") });
    const third = await collect(directory, inputs, second.cursor);
    expect(keys(third)).toEqual(["1"]);
    expect(third.pages.map(({ files: read }) => read)).toEqual([[{ file: "a.csv", accepted: 1 }]]);
    expect((await collect(directory, inputs, third.cursor)).pages).toEqual([]);
  });

  test.each(["append", "snapshot"] as const)(
    "a broken file that is gone is no longer rejected: %s",
    async (mode) => {
      const directory = folder({ "a.csv": "", "b.csv": csv("1") });
      const inputs: FileInput[] = [{ path: "*.csv", entity: "incident", mode }];
      const first = await collect(directory, inputs);
      expect(first.rejected).toHaveLength(1);
      rmSync(join(directory, "a.csv"));
      const second = await collect(directory, inputs, first.cursor);
      expect(second.pages.flatMap(({ files: read = [] }) => read)).toContainEqual({
        file: "a.csv",
        accepted: 0,
      });
      expect(second.rejected).toEqual([]);
      expect((await collect(directory, inputs, second.cursor)).pages).toEqual([]);
    },
  );

  test("never marks an end", async () => {
    const { pages } = await collect(folder({ "a.csv": csv("1") }), inputs);
    expect(pages.some(({ isSnapshotEnd }) => isSnapshotEnd)).toBe(false);
  });

  test.each<[string, Json]>([
    ["text", "x"],
    ["list", [1]],
    ["other object", { "a.csv": 1 }],
  ])("takes a cursor that is %s for none", async (_, cursor) => {
    expect(keys(await collect(folder({ "a.csv": csv("1") }), inputs, cursor))).toEqual(["1"]);
  });
});

describe("snapshot", () => {
  const inputs: FileInput[] = [{ path: "*.csv", entity: "incident", mode: "snapshot" }];
  const ends = ({ pages }: Awaited<ReturnType<typeof collect>>) =>
    pages.map(({ isSnapshotEnd }) => isSnapshotEnd === true);

  test("reads all files when one changed or is gone, and ends", async () => {
    const directory = folder({ "a.csv": csv("1"), "b.csv": csv("2"), "c.csv": csv("3") });
    const first = await collect(directory, inputs);
    expect(ends(first)).toEqual([false, false, true]);
    expect((await collect(directory, inputs, first.cursor)).pages).toEqual([]);
    write(directory, { "a.csv": csv("4") });
    const second = await collect(directory, inputs, first.cursor);
    expect([keys(second), ends(second)]).toEqual([
      ["4", "2", "3"],
      [false, false, true],
    ]);
    rmSync(join(directory, "c.csv"));
    const third = await collect(directory, inputs, second.cursor);
    expect([keys(third), ends(third)]).toEqual([
      ["4", "2"],
      [false, true],
    ]);
    expect((await collect(directory, inputs, third.cursor)).pages).toEqual([]);
  });

  test("that was cut short begins anew", async () => {
    const directory = folder({ "a.csv": csv("1"), "b.csv": csv("2") });
    const first = await collect(directory, inputs);
    write(directory, { "a.csv": csv("5") });
    const second = await collect(directory, inputs, first.cursor);
    const resumed = await collect(directory, inputs, second.pages[0]?.cursor);
    expect([keys(resumed), ends(resumed)]).toEqual([
      ["5", "2"],
      [false, true],
    ]);
  });

  test.each([
    ["a broken file", `"`],
    ["a rejected row", `id,started_at\n1,soon\n`],
  ])("with %s deletes nothing, and says so", async (_, content) => {
    const directory = folder({ "a.csv": csv("1"), "b.csv": csv("2") });
    const first = await collect(directory, inputs);
    write(directory, { "a.csv": content });
    const second = await collect(directory, inputs, first.cursor);
    expect(ends(second)).toEqual([false, false]);
    expect(second.warnings.at(-1)).toContain("records that are no longer in the files are kept");
    write(directory, { "a.csv": csv("6") });
    expect(ends(await collect(directory, inputs, second.cursor))).toEqual([false, true]);
  });

  test("deletes later what vanished while something was broken", async () => {
    const two: FileInput[] = [...inputs, { path: "late/d.csv", entity: "incident", mode: "snapshot" }];
    const directory = folder({ "a.csv": csv("1"), "late/d.csv": csv("2") });
    const first = await collect(directory, two);
    rmSync(join(directory, "late/d.csv"));
    const second = await collect(directory, two, first.cursor);
    expect(ends(second)).toEqual([false]);
    const third = await collect(directory, inputs, second.cursor);
    expect([keys(third), ends(third)]).toEqual([["1"], [true]]);
  });
});

describe("files that are not there", () => {
  test("are an error when nothing of the entity is left", async () => {
    const directory = folder();
    const error: unknown = await collect(directory, [{ path: "exports/*.csv", entity: "incident" }]).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({
      failure: "missing",
      message: `exports/*.csv: no such file in ${directory}; correct \`path\`, or put the file there`,
    });
  });

  test("are a warning while others go on", async () => {
    const directory = folder({ "a.csv": csv("1") });
    const { warnings, records } = await collect(
      directory,
      ["a.csv", "b.csv"].map((path) => ({ path, entity: "incident" })),
    );
    expect(records).toHaveLength(1);
    expect(warnings).toEqual([
      `b.csv: no such file in ${directory}; correct \`path\`, or put the file there`,
    ]);
  });
});

test("the plan lists files with size and what changed", async () => {
  const directory = folder({ "a.csv": csv("1"), "b.csv": csv("2") });
  const inputs: FileInput[] = [
    { path: "?.csv", entity: "incident" },
    { path: "t.json", entity: "ticket" },
  ];
  const { cursor } = await collect(directory, inputs.slice(0, 1));
  write(directory, { "b.csv": csv("3", "4"), "c.csv": csv("5") });
  const config = filesConfig.parse({ collector: "files", files: inputs });
  const context = {
    baseDirectory: directory,
    report: () => undefined,
    warn: () => undefined,
    usage: nothingAsked(),
  };
  expect(await files.plan(config, context, { incident: cursor })).toEqual([
    "a.csv, incident, 37 B, unchanged",
    "b.csv, incident, 60 B, changed",
    "c.csv, incident, 37 B, new",
    `t.json, ticket, no such file in ${directory}`,
  ]);
  expect((await files.plan(config, context, {}))[0]).toBe("a.csv, incident, 37 B, new");
});

describe("what may not be read", () => {
  /** Root may read everything: it puts on another user's rights for a while. */
  async function asNobody<T>(work: () => Promise<T>): Promise<T> {
    if (process.getuid?.() !== 0) return await work();
    process.seteuid?.(65_534);
    try {
      return await work();
    } finally {
      process.seteuid?.(0);
    }
  }

  test.skipIf(process.getuid === undefined)("is not taken for empty: records of a snapshot stay", async () => {
    const mask = process.umask(0o022);
    onTestFinished(() => void process.umask(mask));
    const directory = folder({ "open/a.csv": csv("1"), "shut/b.csv": csv("2") });
    chmodSync(directory, 0o755);
    chmodSync(join(directory, "shut"), 0o000);
    onTestFinished(() => chmodSync(join(directory, "shut"), 0o755));
    const found = await asNobody(() =>
      collect(directory, [{ path: "*/*.csv", entity: "incident", mode: "snapshot" }]),
    );
    expect([keys(found), found.pages.some((page) => page.isSnapshotEnd)]).toEqual([["1"], false]);
    expect(found.warnings[0]).toMatch(/^a folder cannot be listed, and what it held before stays: EACCES: .*shut/);
    const named = await asNobody(() => collect(directory, [{ path: "shut/b.csv", entity: "incident" }]));
    expect(named.rejected).toMatchObject([{ file: "shut/b.csv", reason: expect.stringContaining("EACCES") as string }]);
  });

  test("is a device or a link to itself, and is not waited for", async () => {
    const directory = folder();
    symlinkSync("/dev/zero", join(directory, "a.csv"));
    symlinkSync("b.csv", join(directory, "b.csv"));
    const { rejected } = await collect(directory, ["a.csv", "b.csv"].map((path) => ({ path, entity: "incident" })));
    expect(rejected.map(({ reason }) => reason)).toEqual([
      "expected an ordinary file, found a device, pipe or socket",
      expect.stringContaining("ELOOP"),
    ]);
  });

  test("is a line longer than any text: the file is rejected", () => {
    const context = { baseDirectory: "", report: () => undefined, warn: () => undefined, usage: nothingAsked() };
    const tooLong = Object.assign(new Error("Cannot create a string"), { code: "ERR_STRING_TOO_LONG" });
    expect(brokenFile({ path: "a.csv", absolute: "/a.csv" }, tooLong, context).page.rejected).toMatchObject([
      { file: "a.csv", reason: "expected less than 512 MB in one piece; split the file" },
    ]);
  });
});
