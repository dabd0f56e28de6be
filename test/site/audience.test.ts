import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { configSchema } from "../../src/config/schema.ts";
import { audiencesOf, shows } from "../../src/site/audience/audience.ts";
import { openAt } from "../../src/site/audience/place.ts";
import { sourcesOf } from "../../src/site/audience/sources.ts";
import { withoutLinks } from "../../src/site/audience/unlink.ts";
import { withoutTexts } from "../../src/site/audience/written.ts";
import { buildSite } from "../../src/site/build.ts";
import { publish } from "../../src/site/publish.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryFiles } from "../../src/warehouse/model.ts";
import { given } from "../support/history.ts";

const scratch = () => {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-audience-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

const config = (publish: object) => configSchema.safeParse({ organisation: "Test", publish });

describe("configuration", () => {
  test("without audiences there is one site with everything", () => {
    expect(audiencesOf(configSchema.parse({ organisation: "Test" }))).toEqual([{ kind: "audit", folder: "" }]);
  });

  test.each([
    ["no folder", { audiences: {} }],
    ["one folder for two", { audiences: { leadership: "a", teams: "a" } }],
    ["a folder elsewhere", { audiences: { leadership: "../a" } }],
    ["packs for nobody", { audiences: { leadership: "a" }, packs: "latest" }],
  ])("refuses %s", (_, wrong) => {
    expect(config(wrong).success).toBe(false);
  });
});

test("what no rule knows is for auditors alone", () => {
  expect((["leadership", "teams", "audit"] as const).map((kind) => shows(kind, "something-new.html"))).toEqual([false, false, true]);
  expect((["leadership", "teams", "audit"] as const).map((kind) => shows(kind, "services-2.html"))).toEqual([true, true, true]);
  expect((["leadership", "teams", "audit"] as const).map((kind) => shows(kind, "releases/api/1.html#tests"))).toEqual([false, true, true]);
});

test("every published table says whose it is", () => {
  const silent = queryFiles().filter(({ layer, header }) => layer === "publish" && header.audience === undefined);
  expect(silent.map(({ file }) => file)).toEqual([]);
});

test("links to what is not there become text, others stay as they are", () => {
  const html = '<p><a class="x" href="../a.html#b">A <b>b</b></a> <a href="c.html">C</a> <a href="#d">D</a> <a href="https://e.example/">E</a></p>';
  expect(withoutLinks(html, (address) => address === "c.html")).toBe(
    '<p>A <b>b</b> <a href="c.html">C</a> <a href="#d">D</a> <a href="https://e.example/">E</a></p>',
  );
});

test("a text that somebody wrote is taken out whole, quoted, cut short, in any case, and no other", () => {
  const long = "The cache of the balance service was not cleared after the release of the evening";
  const of = withoutTexts([long, "Fix login", "open", "no data at all"], new Set(["no data at all"]));
  expect(of("Fix login")).toBe("[withheld]");
  expect(of("INC-1: fix LOGIN (sev1)")).toBe("INC-1: [withheld] (sev1)");
  expect(of(`cause as recorded: ${long.slice(0, 50)}. 12 began`)).toBe("cause as recorded: [withheld]. 12 began");
  for (const own of ["open", "no data at all", "Fix logistics later", "Prefix login"]) expect(of(own)).toBe(own);
});

const NAMES = ["Zoë Quxley", "zquxley", "zoe.quxley@acme.example", "Quxley, Zoë", "zquxley@private.example"];
const planted = (what: string) => `${what} as Zoë Quxley (zquxley, zoe.quxley@acme.example) asked; Quxley, Zoë; zquxley@private.example`;

/** A history that names somebody in each kind of text that sources bring. */
async function named(path: string): Promise<Warehouse> {
  return given({
    asOf: "2026-03-01T00:00:00Z",
    path,
    whole: true,
    controls: ["AUT-01", "EXC-01"],
    config: { publish: { people: "names" } },
    data: {
      person: `
        id | display_name | logins | emails
        P1 | Zoë Quxley   | zquxley | zoe.quxley@acme.example`,
      deployment: `
        id | service | environment | version | started_at           | finished_at          | status  | deployer
        d1 | api     | production  | 1.0     | 2026-02-01T08:00:00Z | 2026-02-01T09:00:00Z | success | zquxley`,
      incident: `
        id | service | title                | started_at           | resolved_at          | severity | cause
        I1 | api     | ${planted("Outage")} | 2026-02-01T10:00:00Z | 2026-02-01T11:00:00Z | sev1     | ${planted("Broken")}`,
      ticket: `
        id | kind | title              | status | created_at
        T1 | task | ${planted("Work")} | open   | 2026-01-01T08:00:00Z`,
      change_request: `
        id | type      | title                 | service | created_at           | requested_by | reason                | description
        C1 | emergency | ${planted("Request")} | api     | 2026-02-01T07:00:00Z | zquxley      | ${planted("Because")} | ${planted("Describe")}`,
      exemption: `
        id | control | scope | approver | reason               | compensating_control | valid_from           | valid_until
        X1 | AUT-01  | api   | zquxley  | ${planted("Waived")} | ${planted("Instead")} | 2026-01-01T00:00:00Z | 2026-06-01T00:00:00Z`,
      calendar_window: `
        id | kind   | starts_at            | ends_at              | reason
        W1 | freeze | 2026-02-10T00:00:00Z | 2026-02-12T00:00:00Z | ${planted("Freeze")}`,
      release: `
        service | version | title                 | notes               | published_at
        api     | 1.0     | ${planted("Release")} | ${planted("Notes")} | 2026-02-01T08:00:00Z`,
      action: `
        id | title               | owner      | team | status | decided_on
        A1 | ${planted("Decide")} | Zoë Quxley | blue | open   | 2026-01-05`,
    },
  });
}

/** Every text in the tables that pages and files are made from. */
async function said(warehouse: Warehouse): Promise<string> {
  const tables = await warehouse.rows<{ relation: string }>(
    `select schema_name || '.' || table_name as relation from duckdb_tables() where database_name = current_database() and schema_name in ('reports', 'publish', 'model')
     union all
     select schema_name || '.' || view_name from duckdb_views() where database_name = current_database() and schema_name in ('reports', 'publish', 'model') order by relation`,
  );
  expect(tables.length).toBeGreaterThan(200);
  const texts = [];
  for (const { relation } of tables)
    for (const { text } of await warehouse.rows<{ text: string }>(`select to_json(t)::varchar as text from ${relation} as t`)) texts.push(text);
  return texts.join("\n").toLowerCase();
}

test("a name planted in any text does not come through, however it stands there, and leadership reads no text at all", async () => {
  const folder = scratch();
  const writer = await named(join(folder, "named.duckdb"));
  writer.close();
  const warehouse = await openWarehouse(join(folder, "named.duckdb"), { mode: "read" });
  onTestFinished(() => warehouse.close());
  const before = await said(warehouse);
  for (const text of [...NAMES, "outage as", "waived as", "freeze as", "release as"]) expect(before).toContain(text.toLowerCase());
  const audiences = (["leadership", "teams"] as const).map((kind) => ({ kind, folder: kind }));
  for (const source of await sourcesOf(warehouse, audiences, join(folder, "queries"), folder)) {
    const opened = await openAt(source.place)({});
    const after = await said(opened);
    opened.close();
    for (const name of [...NAMES, "quxley"]) expect(after, source.audience.kind).not.toContain(name.toLowerCase());
    expect(after.includes("outage as"), source.audience.kind).toBe(source.audience.kind === "teams");
    expect(after.includes("waived as"), source.audience.kind).toBe(source.audience.kind === "teams");
  }
});

test("nothing is written where packs lie in the folder of somebody who may not see them", async () => {
  const outDir = scratch();
  mkdirSync(join(outDir, "board/packs"), { recursive: true });
  const { data } = config({ audiences: { leadership: "board" } });
  if (data === undefined) throw new Error("the configuration is good");
  await expect(buildSite(undefined as unknown as Warehouse, { outDir, config: data })).rejects.toThrow(/board\/packs holds packs/);
});

test("what a former audience had is gone after the next build, in each folder", async () => {
  const [from, to] = [scratch(), scratch()];
  for (const file of ["board/index.html", "board/data/index.json", "board/data/calendar.ics", "board/search/index.js", "index.html", "data/index.json"]) {
    mkdirSync(join(from, file, ".."), { recursive: true });
    writeFileSync(join(from, file), file);
  }
  await publish(from, to);
  writeFileSync(join(to, "board/mine.txt"), "mine");
  rmSync(join(from, "board"), { recursive: true });
  await publish(from, to);
  expect(["index.html", "data", "search"].map((name) => existsSync(join(to, "board", name, name === "index.html" ? "" : "index.js")))).toEqual([false, false, false]);
  expect(["data/index.json", "data/calendar.ics"].map((name) => existsSync(join(to, "board", name)))).toEqual([false, false]);
  expect(readFileSync(join(to, "board/mine.txt"), "utf8")).toBe("mine");
});
