import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printable } from "../../src/printable.ts";
import { tinyWorld, type World } from "../cli/commands/world.ts";
import { readBack } from "../reports/read-parquet.ts";
import { readPdf } from "../reports/read-pdf.ts";
import { brokenLinks, ownAddresses, pagesOf, withoutNamedScripts } from "../support/site-files.ts";

/** A company of which every word was written by somebody who means harm, from its files to its pages, tables and packs. */

const MARKUP = `<img src=x onerror=alert(1)>"'\`</script><script>alert(2)</script>`;
const FORMULA = `=HYPERLINK("http://evil.example","x")`;
const DISGUISED = "safe\u202etxt.exe\u0007\u001b[2J\u200b\u2066";
const PATH = "../../../../etc/passwd";
const LONG = "L".repeat(10_000);

const SERVICES = [MARKUP, FORMULA, PATH, "CON", "con", "index", "Pay Ments", "pay-ments-52e2b7", "."];
const VERSIONS = [MARKUP, FORMULA, DISGUISED, PATH, "1.0", "v/1", ".."];

const repositoryOf = (service: string) => `${SERVICES.indexOf(service)} ${service}`;

const day = (index: number) => `2026-0${(index % 5) + 1}-0${(index % 9) + 1}`;

function records() {
  const shipped = SERVICES.flatMap((service) =>
    VERSIONS.map((version, index) => ({ service, version, index })),
  );
  return {
    deployment: shipped.map(({ service, version, index }) => ({
      id: `${version}/${SERVICES.indexOf(service)}`,
      ...{ service, environment: "production", version, deployer: MARKUP, labels: [MARKUP, FORMULA] },
      finished_at: `${day(index)}T10:10:00Z`,
      ...{ status: "success", url: "javascript:alert(1)" },
    })),
    release: shipped.map(({ service, version, index }) => ({
      ...{ service, version, title: index === 0 ? LONG : MARKUP, notes: LONG },
      published_at: `${day(index)}T09:00:00Z`,
      ...(service === MARKUP && index > 1 ? { train: PATH + DISGUISED } : {}),
      url: "data:text/html,<script>alert(1)</script>",
    })),
    change: SERVICES.map((service, index) => ({
      id: `${MARKUP}${index}`,
      ...{ repository: repositoryOf(service), title: FORMULA + MARKUP + DISGUISED, author: FORMULA },
      ...{
        first_commit_at: "2026-01-01T00:00:00Z",
        merged_at: "2026-01-01T12:00:00Z",
        tickets: [PATH, FORMULA],
      },
    })),
    incident: SERVICES.map((service, index) => ({
      id: `${FORMULA}${index}`,
      ...{ service, title: MARKUP + DISGUISED + LONG, severity: FORMULA, url: "vbscript:x" },
      ...{ started_at: "2026-02-02T10:30:00Z", resolved_at: "2026-02-02T12:00:00Z" },
    })),
  };
}

let world: World;
let folder: string;

beforeAll(async () => {
  const entities = Object.entries(records());
  const files = entities.map(([entity]) => ({ path: `data/${entity}.json`, entity }));
  const config = {
    organisation: MARKUP,
    teams: { [MARKUP]: { owns: SERVICES.slice(0, 4) } },
    services: Object.fromEntries(SERVICES.map((service) => [service, { repository: repositoryOf(service) }])),
    publish: { people: "names", packs: "latest" },
    sources: { drop: { collector: "files", files } },
  };
  // JSON is YAML.
  world = tinyWorld({ controls: true, config: JSON.stringify(config), keep: true });
  for (const [entity, rows] of entities) world.write(`data/${entity}.json`, JSON.stringify(rows));
  const { code, err } = await world.run("collect");
  expect(code, err).toBe(0);
  expect((await world.run("build", "--as-of", "2026-06-30")).code).toBe(0);
  folder = world.path("public");
  world.write("people.key", "0123456789abcdef".repeat(4));
}, 300_000);

afterAll(() => world.remove());

test("a train under pseudonyms and an archive are as harmless, and so is what commands say of them", async () => {
  const made = await world.run(
    "pack",
    "train",
    PATH + DISGUISED,
    "--pseudonyms",
    "people.key",
    "--as-of",
    "2026-06-30",
  );
  expect([made.code, made.err]).toEqual([0, expect.stringContaining("U+202E")]);
  const pack = made.out.split(" (")[0] ?? "";
  expect(pack).toMatch(/^public\/packs\/train-[\w.-]+-pseudonyms-[0-9a-f]{8}$/);
  const verified = await world.run("verify", pack);
  expect([verified.code, verified.out]).toEqual([
    0,
    expect.stringMatching(/results, computed anew from its evidence, are the same\n$/),
  ]);
  expect((await world.run("archive", "--period", "2026-01")).code).toBe(0);
  const archive = await world.run("archive", "verify", "archives");
  expect(archive.code).toBe(0);
  for (const said of [made, verified, archive])
    expect(printable(said.out + said.err) === said.out + said.err).toBe(true);
  const { text } = await readPdf(readFileSync(world.path(`${pack}/pack.pdf`)));
  expect(text).toContain("[U+202E]");
  expect(text.replaceAll("\n", " ")).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]/u);
  for (const file of globSync("**/*.json", { cwd: world.path(pack) }))
    JSON.parse(world.read(`${pack}/${file}`));
  const { rows } = await readBack(readFileSync(world.path(`${pack}/tables/release.parquet`)));
  // Typed tables hold the text as it is: nothing that reads them runs it.
  expect(rows.flat().includes(PATH + DISGUISED)).toBe(true);
}, 300_000);

test("nothing is written outside of the output folder, the database and the charts beside it", () => {
  expect(readdirSync(world.folder).sort()).toEqual([
    "archives",
    "data",
    "people.key",
    "public",
    "quarterdeck.duckdb",
    "quarterdeck.duckdb.charts",
    "quarterdeck.yaml",
  ]);
  const odd = globSync("**/*", { cwd: folder, dot: true }).filter((file) => !/^[\w.][\w./-]*$/.test(file));
  expect(odd).toEqual([]);
});

/** Outside of quoted attributes: there, and in text, what the company wrote is only shown. */
const ELEMENT_THAT_RUNS = /<(script|img|iframe|object)\b|<[a-z]+(\s+[\w:-]+(="[^"]*")?)*\s+on\w+=/i;

test("no page runs anything, every link leads somewhere, and none is heavy", () => {
  const pages = pagesOf(folder);
  expect(pages.size).toBeGreaterThan(150);
  for (const [path, html] of pages) {
    expect(withoutNamedScripts(html).match(ELEMENT_THAT_RUNS)?.[0], path).toBeUndefined();
    expect(
      ownAddresses(html).filter((address) => /^[a-z]+:/i.test(address)),
      path,
    ).toEqual([]);
    expect(gzipSync(html).length, path).toBeLessThan(25_000);
  }
  expect(brokenLinks(folder, pages)).toEqual([]);
});

test("every service and release has pages of its own", () => {
  const services = readdirSync(join(folder, "services")).filter((name) => name.endsWith(".html"));
  expect(services).toHaveLength(SERVICES.length);
  expect(globSync("releases/*/*.html", { cwd: folder })).toHaveLength(SERVICES.length * VERSIONS.length);
  expect(readdirSync(join(folder, "packs")).filter((name) => !name.startsWith("train-"))).toHaveLength(
    SERVICES.length,
  );
});

test("no cell of a CSV is a formula", () => {
  const found = globSync("**/*.csv", { cwd: folder }).flatMap((file) => {
    const rows: string[][] = parse(readFileSync(join(folder, file), "utf8"), { bom: true });
    return rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)));
  });
  expect(found).toEqual([]);
});
