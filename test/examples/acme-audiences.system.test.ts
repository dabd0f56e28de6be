import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { shows } from "../../src/site/audience/audience.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { leaksIn } from "../support/leaks.ts";
import { brokenLinks, kindOf, pagesOf } from "../support/site-files.ts";
import { acmeSite } from "./acme-site.ts";

let folders: Record<"leadership" | "teams" | "audit", string>;
let names: string[];
let texts: string[];

beforeAll(async () => {
  const { audiences } = await acmeSite();
  folders = { leadership: join(audiences, "leadership"), teams: join(audiences, "teams"), audit: join(audiences, "audit") };
  const warehouse = await openWarehouse(join(inject("acmeFolder"), "acme", "quarterdeck.duckdb"), { mode: "read" });
  // Asked in other words than the build asks, which must not forget the same ones.
  const people = await warehouse.rows<{ name: string }>(
    `select login as name from model.person_login where not is_bot
     union select display_name from model.person where not is_bot
     union select pseudonym from model.person where not is_bot and pseudonym is not null
     union select unnest(logins) from model.person where not is_bot
     union select name from model.identity where not is_bot and name is not null
     order by name`,
  );
  names = people.map(({ name }) => name);
  const written = await warehouse.rows<{ text: string | null }>(
    `select title as text from model.change union select title from model.ticket union select title from model.incident
     union select cause from model.incident union select justification from model.change_request_approval
     union select reason from model.exemption union select compensating_control from model.exemption
     union select description from model.change_request union select title from model.change_request union select notes from model.release
     order by text`,
  );
  texts = written.flatMap(({ text }) => (text !== null && text.length >= 12 && /\s/.test(text) ? [text] : []));
  warehouse.close();
}, 400_000);

describe("nobody is named where nobody may be", () => {
  test("who and what is looked for is there to be found", () => {
    expect(names).toEqual(expect.arrayContaining(["aokoye", "amara.okoye@example.com", "Hana Novák", "E10400", "Person 35"]));
    expect(names.length).toBeGreaterThan(200);
    expect(texts.length).toBeGreaterThan(2000);
  });

  test.each(["leadership", "teams"] as const)("no byte of %s has a name, login, pseudonym or address of anybody", async (kind) => {
    expect(await leaksIn(folders[kind], names)).toEqual([]);
  });

  test("no byte of leadership has a text that somebody wrote", async () => {
    expect(await leaksIn(folders.leadership, texts)).toEqual([]);
  });

  test("a finding whose name is withheld is a sentence all the same", () => {
    const overview = readFileSync(join(folders.leadership, "index.html"), "utf8");
    expect(overview.match(/.{0,40} took longest/)?.[0]).toMatch(/[>\s]One incident(<\/\w+>)?\s+took longest$/);
  });

  test("what is planted is found: in a page, a list, a table, a name of a file, however it is written", async () => {
    const folder = mkdtempSync(join(tmpdir(), "quarterdeck-planted-"));
    cpSync(join(folders.leadership, "risk.html"), join(folder, "risk.html"));
    expect(await leaksIn(folder, names)).toEqual([]);
    const planted = {
      "page.html": "<p>Jos&eacute; and Hana Nov\u00e1k</p>",
      "list.js": 'found("x",["Hana Nov\\u00e1k"])',
      "address.html": '<a href="https://x.example/?q=Hana%20Nov%C3%A1k">',
      "aokoye.json": "{}",
      "table.csv": "AOKOYE,1",
    };
    for (const [file, text] of Object.entries(planted)) writeFileSync(join(folder, file), text);
    const found = await leaksIn(folder, names);
    expect(new Set(found.map((one) => one.replace(/^\.\//, "").split(":")[0]))).toEqual(
      new Set(["page.html", "list.js", "address.html", "names.txt", "table.csv"]),
    );
    rmSync(folder, { recursive: true });
  });
});

describe("each folder", () => {
  const kinds = (kind: keyof typeof folders) => new Set([...pagesOf(folders[kind]).keys()].map(kindOf));

  test("has the pages of its readers and no others", () => {
    const [leadership, teams, audit] = [kinds("leadership"), kinds("teams"), kinds("audit")];
    expect([...leadership].filter((page) => /^(rows|releases|deployments|incidents|retrospectives|links|packs)/.test(page))).toEqual([]);
    expect([...leadership]).toEqual(expect.arrayContaining(["index.html", "services/*", "teams/*", "risk.html", "controls/*", "practices/*", "definitions.html"]));
    expect([...audit].filter((page) => !teams.has(page))).toEqual(["packs.html"]);
    expect([...teams].filter((page) => !leadership.has(page)).every((page) => !shows("leadership", page))).toBe(true);
  });

  test("has links, navigation and lists of search to what is in it alone", () => {
    for (const folder of Object.values(folders)) expect(brokenLinks(folder, pagesOf(folder))).toEqual([]);
    const head = (kind: keyof typeof folders) => /<nav class="words".*?<\/nav>/s.exec(readFileSync(join(folders[kind], "index.html"), "utf8"))?.[0];
    expect(head("leadership")).not.toMatch(/Incidents|Packs/);
    expect(head("teams")).toContain("Incidents");
    expect(globSync("search/*.js", { cwd: folders.leadership })).toEqual(expect.arrayContaining(["search/service-1.js", "search/team-1.js"]));
    expect(globSync("search/{change,ticket,incident,release,by-number}-*.js", { cwd: folders.leadership })).toEqual([]);
    expect(globSync("search/change-*.js", { cwd: folders.teams })).not.toEqual([]);
  });

  test("names the tables that it has, and no pack but for auditors", () => {
    const tables = (kind: keyof typeof folders) =>
      (JSON.parse(readFileSync(join(folders[kind], "data/index.json"), "utf8")) as { tables: { name: string }[] }).tables.map(({ name }) => name);
    expect(tables("leadership")).toContain("metrics");
    expect(tables("leadership")).not.toContain("changes");
    expect(tables("teams")).toContain("changes");
    expect(tables("teams")).not.toContain("judgements");
    expect(tables("audit")).toContain("judgements");
    expect(globSync("**/*.pdf", { cwd: folders.audit }).length).toBeGreaterThan(4);
    expect([folders.leadership, folders.teams].flatMap((cwd) => globSync("{packs/**,data/packs.csv}", { cwd }))).toEqual([]);
  });

  test("says the same figures", () => {
    const metrics = (kind: keyof typeof folders) => readFileSync(join(folders[kind], "data/metrics.csv"), "utf8");
    expect(metrics("leadership")).toBe(metrics("audit"));
    expect(metrics("teams")).toBe(metrics("audit"));
  });
});
