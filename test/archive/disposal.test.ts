import { cpSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DEPLOYMENTS, type World } from "../cli/commands/world.ts";
import { namesIn } from "../reports/names-in.ts";
import { LONG, collectedWorld, sealed } from "./support.ts";

const RETENTION = `
retention:
  deployment log: { keep: 2 months, basis: Schedule 4.2, streams: [deployment] }
  incident record: { keep: 1 month, basis: Schedule 4.3, streams: [incident] }
`;

const BY = ["--by", "records office"];

const gone = (world: World) =>
  world.inside((warehouse) =>
    warehouse.rows("select stream, key, is_archived from raw.gone order by stream, key"),
  );

test("a dry run says what would go and what stays, and changes nothing", async () => {
  const world = await collectedWorld(RETENTION);
  await world.run("archive", "--period", "2026-01");
  const before = readFileSync(world.path("quarterdeck.duckdb"));
  const { code, out } = await world.run("dispose");
  expect(code).toBe(0);
  // As of 1 April: d1 (5 January) is older than two months and archived, i1 (5 February) older than one month and in no archive.
  expect(out).toBe(
    [
      "deployment log (kept 2 months: Schedule 4.2): data deployment, 2026-01-05 to 2026-01-05: 1 of 1 to go",
      "incident record (kept 1 month: Schedule 4.3): data incident, 2026-02-05 to 2026-02-05: 0 of 1 to go; 1 stay, for they are in no archive",
      "1 record is to go, past their time at 2026-04-01T00:00:00Z; --confirm lets them go\n",
    ].join("\n"),
  );
  expect(await world.run("dispose", "--confirm", "--as-of", "2090-01-01T00:00:00Z", ...BY)).toMatchObject({
    code: 2,
    err: "quarterdeck: --as-of: 2090-01-01T00:00:00.000Z, which is yet to come by the clock of this machine: name an instant before 2026-04-01T00:00:00.000Z with --as-of\n",
  });
  expect(readFileSync(world.path("quarterdeck.duckdb")).equals(before)).toBe(true);
});

test(
  "archived, disposed of, restored: the bytes are gone and come back, figures never move, the chain always holds",
  async () => {
    const world = await collectedWorld(RETENTION);
    await world.run("archive", "--until", "2026-03");
    const before = await sealed(world);
    const figures = await world.json("metrics", "--by", "month");
    expect(readFileSync(world.path("quarterdeck.duckdb")).includes('"id":"d1"')).toBe(true);
    const { code, out, err } = await world.run("dispose", "--confirm", ...BY);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/\n2 records were disposed of; their hashes are kept\n$/);
    expect(await gone(world)).toEqual([
      { stream: "deployment", key: '["d1",null]', is_archived: true },
      { stream: "incident", key: "i1", is_archived: true },
    ]);
    expect(readFileSync(world.path("quarterdeck.duckdb")).includes('"id":"d1"')).toBe(false);
    expect((await world.run("verify")).out).toMatch(
      /all hashes match; of 2 versions, known by their hash alone, `quarterdeck dispose --list` says why\n$/,
    );
    // Read from the archives, without bringing anything back.
    expect(await world.json("metrics", "--by", "month")).toEqual(figures);
    expect(await gone(world)).toHaveLength(2);
    expect(
      (await world.run("query", "select status from controls.result where control = 'POP-07'", "--csv")).out,
    ).toContain("pass");
    // Met again, it is known by its hash.
    world.now = new Date("2026-04-02T00:00:00Z");
    expect((await world.run("collect")).code).toBe(0);
    expect(await gone(world)).toHaveLength(2);
    const restored = await world.run("archive", "restore", "archives", ...BY);
    expect({ code: restored.code, err: restored.err }).toEqual({ code: 0, err: "" });
    expect(await sealed(world)).toEqual(before);
    expect(await world.json("metrics", "--by", "month", "--as-of", "2026-04-01T00:00:00Z")).toEqual(figures);
    expect((await world.json("dispose", "--list")).map(({ entry, kind, by }) => [entry, kind, by])).toEqual([
      [1, "disposal", "records office"],
      [2, "disposal", "records office"],
      [3, "restoration", "records office"],
      [4, "restoration", "records office"],
    ]);
  },
  LONG,
);

test(
  "without its archive, or with one that was altered, no figure is made of what is gone",
  async () => {
    const world = await collectedWorld(RETENTION);
    await world.run("archive", "--until", "2026-03");
    await world.run("dispose", "--confirm", ...BY);
    renameSync(world.path("archives/2026-01"), world.path("away"));
    expect(await world.run("metrics")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(
        /1 record that went by entry 1 of the custody log \(2026-04-01\) can be read no more without the archive 2026-01: put it into a folder.*those there are 2026-02, 2026-03\n/,
      ) as string,
    });
    cpSync(world.path("away"), world.path("archives/2026-01"), { recursive: true });
    cpSync(world.path("archives/2026-02/payload.parquet"), world.path("archives/2026-01/payload.parquet"));
    expect((await world.run("metrics")).err).toMatch(/2026-01\/payload\.parquet was altered/);
    rmSync(world.path("archives/2026-01"), { recursive: true });
    renameSync(world.path("away"), world.path("archives/2026-01"));
    expect((await world.run("metrics")).code).toBe(0);
  },
  LONG,
);

test(
  "a pack under pseudonyms holds what archives hold, without the names that only they have",
  async () => {
    const [head, first, ...others] = DEPLOYMENTS.trimEnd().split("\n");
    const deployers = [`${head},deployer`, `${first},quincy`, ...others.map((line) => `${line},`)];
    const world = await collectedWorld(RETENTION, `${deployers.join("\n")}\n`);
    await world.run("archive", "--period", "2026-01");
    expect((await world.run("dispose", "--confirm", ...BY)).out).toMatch(/\n1 record was disposed of/);
    world.write("key", "0123456789abcdef".repeat(4));
    // Before it was deployed, so that the model knows nobody of that name.
    const { code, out, err } = await world.run(
      ...["pack", "period", "2025-12", "--as-of", "2026-01-04T00:00:00Z", "--pseudonyms", "key", "--no-sign"],
    );
    expect([code, err]).toEqual([0, expect.stringMatching(/^note: the signature names audit@example.com/)]);
    const pack = world.path(/\S*period-2025-12-pseudonyms-[0-9a-f]{8}/.exec(out)?.[0] ?? "");
    expect(readFileSync(join(pack, "evidence/data/deployment.jsonl"), "utf8")).toMatch(/"deployer":"person-[0-9a-f]{12}"/);
    expect(await namesIn(pack, ["quincy", "records office"])).toEqual([]);
  },
  LONG,
);

test(
  "a row that could not be read goes by the class of its kind, unless it is held or in no archive; that there was one stays",
  async () => {
    const world = await collectedWorld("retention:\n  staff: { keep: 1 month, basis: Works agreement 7, streams: [person] }\n");
    world.write("data/person-new.csv", "id,display_name,is_bot\np2,Quincy Adebayo-Unreadable,perhaps\n");
    expect((await world.run("collect")).code).toBe(1);
    world.now = new Date("2026-05-10T00:00:00Z");
    await world.run("collect");
    const text = () => world.inside((warehouse) => warehouse.rows("select line, text, reason from raw.rejected_row"));
    const [before] = await text();
    expect(JSON.stringify(before)).toContain("Quincy Adebayo-Unreadable");
    const row = "staff (kept 1 month: Works agreement 7): data person, rows that could not be read, 2026-04-01 to 2026-04-01";
    expect((await world.run("dispose")).out).toContain(`${row}: 0 of 1 to go; 1 stay, for they are in no archive`);
    await world.run("archive", "--period", "2026-03");
    const hold = ["hold", "add", "--service", "api", "--reason", "case 7", "--by", "legal"];
    await world.run(...hold);
    expect((await world.run("dispose", "--confirm", ...BY)).out).toContain(`${row}: 0 of 1 to go; 1 stay on hold 1`);
    await world.run("hold", "release", "1", "--reason", "closed", "--by", "legal");
    const { code, out, err } = await world.run("dispose", "--confirm", ...BY);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`${row}: 1 of 1 to go`);
    expect(await text()).toEqual([{ line: 2, text: "", reason: "disposed of by entry 3 of the custody log" }]);
    expect(readFileSync(world.path("quarterdeck.duckdb")).includes("Adebayo-Unreadable")).toBe(false);
    const [, , entry] = await world.json<{ kind: string; document: object }>("dispose", "--list");
    expect(entry).toMatchObject({
      kind: "disposal",
      document: {
        ...{ class: "staff", basis: "Works agreement 7", records: 0, streams: [] },
        rejected_rows: [{ source: "data", stream: "person", rows: 1, unarchived: 0, rejected_from: "2026-04-01T00:00:00Z" }],
        archives: [{ archive: "2026-03" }],
      },
    });
    expect((await world.run("verify")).code).toBe(0);
    const { out: judged } = await world.run("query", "select reason from controls.result where control = 'POP-03'", "--csv");
    expect(judged).toContain("1 row of person could not be read");
    expect((await world.run("dispose")).out).toMatch(/^nothing is past its time/);
  },
  LONG,
);

test("a hold keeps what it covers from disposal and erasure, by name; released it stays listed", async () => {
  const world = await collectedWorld(RETENTION);
  await world.run("archive", "--until", "2026-03");
  const add = await world.run(
    "hold",
    "add",
    "--service",
    "api",
    "--from",
    "2026-01-01",
    "--until",
    "2026-02-01",
    "--reason",
    "case 12 – Ødegård",
    "--by",
    "legal",
  );
  expect([add.code, add.out]).toEqual([
    0,
    "hold 1 is in force: what it covers is neither disposed of nor erased until `quarterdeck hold release 1`\n",
  ]);
  const { out } = await world.run("dispose", "--confirm", ...BY);
  expect(out).toContain("data deployment, 2026-01-05 to 2026-01-05: 0 of 1 to go; 1 stay on hold 1");
  expect((await gone(world)).map(({ stream }) => stream)).toEqual(["incident"]);
  const erased = await world.run("erase", "data", "deployment", '["d1",null]', "--reason", "r", "--by", "b");
  expect([erased.code, erased.err]).toEqual([
    2,
    expect.stringMatching(
      /hold 1 \(case 12 – Ødegård; legal, 2026-04-01T00:00:00Z\) covers this record.*nothing was changed/,
    ),
  ]);
  expect(
    (await world.run("erase", "data", "deployment", '["d3",null]', "--reason", "r", "--by", "b")).code,
  ).toBe(0);
  expect((await world.run("hold", "release", "1", "--reason", "closed", "--by", "legal")).code).toBe(0);
  expect((await world.run("hold", "release", "1", "--reason", "closed", "--by", "legal")).err).toMatch(
    /hold 1 was released at/,
  );
  expect(await world.json("hold", "list")).toMatchObject([
    {
      hold: 1,
      scope: expect.stringContaining("service api") as string,
      released_by: "legal",
      release_reason: "closed",
    },
  ]);
  await world.run("dispose", "--confirm", ...BY);
  expect(await gone(world)).toHaveLength(2);
  expect((await world.run("verify")).code).toBe(0);
});

test("what is in no archive goes with a reason only; the log, its lists and what was taken away cannot be altered unseen", async () => {
  const world = await collectedWorld(RETENTION);
  expect((await world.run("dispose", "--confirm", "--unarchived", ...BY)).err).toMatch(
    /--unarchived needs --reason/,
  );
  expect((await world.run("dispose", "--confirm")).err).toMatch(/--confirm needs --by/);
  expect(
    (await world.run("dispose", "--confirm", "--unarchived", "--reason", "order of 3 May", ...BY)).out,
  ).toMatch(/2 records were disposed of/);
  const problems = async (sql: string) => {
    await world.inside((warehouse) => warehouse.run(sql), "write");
    return (await world.run("verify")).out.split("\n").slice(0, -2);
  };
  expect(await problems("update raw.custody set reason = 'none' where event_id = 2")).toEqual([
    "entry 2 of the custody log was altered, or one before it is gone",
  ]);
  await world.inside(
    (warehouse) => warehouse.run("update raw.custody set reason = 'order of 3 May' where event_id = 2"),
    "write",
  );
  expect(await problems("update raw.disposed set is_archived = true where stream = 'incident'")).toEqual([
    "entry 2 of the custody log: its list of records was altered",
  ]);
  await world.inside(
    (warehouse) => warehouse.run("update raw.disposed set is_archived = false where stream = 'incident'"),
    "write",
  );
  expect(await problems("delete from raw.disposed where stream = 'incident'")).toEqual([
    "entry 2 of the custody log: its list of records was altered",
    "record i1 version 1 of data incident was altered",
  ]);
});

test(
  "packs of an archived period are computed anew from what the archives say",
  async () => {
    const world = await collectedWorld(RETENTION);
    await world.run("archive", "--until", "2026-03");
    await world.run("dispose", "--confirm", ...BY);
    expect(await world.run("pack", "period", "2026-Q1", "--no-sign")).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^warning: packs in public\/packs name people .*\n$/) as string,
    });
    const [name = ""] = readdirSync(world.path("public/packs"));
    expect(readdirSync(world.path(`public/packs/${name}/evidence`), { recursive: true }).join(" ")).toContain(
      "deployment",
    );
    // An archive names the configuration by the digest that packs print.
    const told = (path: string) => JSON.parse(world.read(path)) as { configuration_sha256?: string; made_from?: { configuration_sha256: string } };
    expect(told("archives/2026-01/manifest.json").configuration_sha256).toBe(
      told(`public/packs/${name}/manifest.json`).made_from?.configuration_sha256,
    );
    const verified = await world.run("verify", `public/packs/${name}`);
    expect([verified.code, verified.out]).toEqual([
      0,
      expect.stringMatching(/[1-9]\d* results, computed anew from its evidence, are the same/),
    ]);
  },
  LONG,
);
