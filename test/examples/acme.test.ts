import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { files } from "../../collectors/files/index.ts";
import type { FilesConfig } from "../../collectors/files/config.ts";
import { nothingAsked, type StreamContext } from "../../collectors/contract.ts";
import { generateAcme, SEED } from "../../examples/acme/generate.ts";
import { berlin } from "../../examples/acme/generator/clock.ts";
import { repositories, services } from "../../examples/acme/generator/services.ts";
import { medianDaysToMerge, shareHurt, type Summary } from "../../examples/acme/generator/summary.ts";
import { imagine } from "../../examples/acme/generator/world.ts";
import { type Config, configSchema } from "../../src/config/schema.ts";

const ACME = join(import.meta.dirname, "../../examples/acme");
const SMALL = 0.04;

const { world } = imagine(SEED, 1);

let base: string;
let config: Config;
let summary: Summary;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "acme-"));
  config = configSchema.parse(parse(await readFile(join(ACME, "quarterdeck.yaml"), "utf8")));
  summary = await generateAcme(join(base, "data"));
}, 60_000);

afterAll(() => rm(base, { recursive: true, force: true }));

/** One hash for all names and bytes of a folder. */
async function hashOfTree(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash("sha256");
  for (const path of paths.sort()) hash.update(path.slice(directory.length)).update(await readFile(path));
  return hash.digest("hex");
}

describe("generator", () => {
  test("gives the same bytes again, also in another time zone and language", async () => {
    const first = join(base, "first");
    const second = join(base, "second");
    await generateAcme(first, { scale: SMALL });
    const script = `import("${ACME}/generate.ts").then(({ generateAcme }) => generateAcme("${second}", { scale: ${SMALL} }))`;
    const env = { TZ: "Pacific/Auckland", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" };
    await execa(process.execPath, ["--input-type=module", "--eval", script], { env });
    expect(await hashOfTree(second)).toBe(await hashOfTree(first));
  }, 60_000);

  test("gives other data for another seed", () => {
    const titles = (seed: number) => imagine(seed, SMALL).world.changes.map(({ title }) => title);
    expect(titles(SEED + 1)).not.toEqual(titles(SEED));
  });

  test("makes as much as two years of a bank", () => {
    expect(summary.changes).toBeGreaterThan(9_000);
    expect(summary.changes).toBeLessThan(11_000);
    expect(summary.reviews).toBeGreaterThan(12_000);
    expect(summary.productionDeployments).toBeGreaterThan(3_700);
    expect(summary.productionDeployments).toBeLessThan(4_500);
    expect(summary.incidents).toBeGreaterThan(250);
    expect(summary.incidents).toBeLessThan(500);
    expect(summary.openIncidents).toBeGreaterThan(2);
    expect(Object.keys(summary.waveCounts).sort()).toEqual(services.map(({ name }) => name).sort());
  });

  test("knows the hashes that git gives", async () => {
    for (const { name } of repositories.filter(({ graph }) => graph === "git")) {
      const directory = join(base, "data/repositories", `${name.replace("acme/", "")}.git`);
      const { stdout } = await execa("git", [
        "-C",
        directory,
        "log",
        "--first-parent",
        "--format=%H",
        "main",
      ]);
      const expected = world.changes
        .filter(({ repository, sha }) => repository.name === name && sha !== "")
        .map(({ sha }) => sha);
      expect(stdout.split("\n").sort()).toEqual(expected.sort());
    }
  });
});

describe("configuration", () => {
  test("names the services that the generator makes", () => {
    expect(Object.keys(config.services).sort()).toEqual(services.map(({ name }) => name).sort());
  });

  test("names a code of the deployment tool for every service", () => {
    const [deployments] = filesOf("pipeline").files;
    const expected = services.map(({ code, name }) => [code, name]);
    expect(Object.entries(deployments?.columns["service"]?.values ?? {}).sort()).toEqual(expected.sort());
  });
});

describe("files", () => {
  test.each(["pipeline", "code", "service-desk", "office", "watch"])("of %s map to their entities", async (source) => {
    const { records, warnings } = await collect(filesOf(source));
    expect(warnings).toEqual([]);
    for (const { entity } of filesOf(source).files) expect(records.get(entity), entity).toBeGreaterThan(2);
  });

  test("have six rows that are rejected, each for its reason", async () => {
    const reasons: string[] = [];
    for (const source of ["pipeline", "code", "service-desk", "office"])
      reasons.push(...(await collect(filesOf(source))).rejected);
    expect(reasons.map((reason) => reason.split(" ")[0]).sort()).toEqual([
      "data/changes.ndjson",
      "data/deployments.csv",
      "data/deployments.csv",
      "data/incidents.json",
      "data/reviews.ndjson",
      "data/tickets.csv",
    ]);
  });
});

describe("README", () => {
  test("names changes and incidents that there are", async () => {
    const readme = await readFile(join(ACME, "README.md"), "utf8");
    const table = readme.split("## The stories in it")[1]?.split("## ")[0] ?? "";
    const quoted = [...table.matchAll(/"([A-Z][^"]{15,})"/g)].map(([, title = ""]) => title);
    const titles = new Set([...world.changes, ...world.incidents].map(({ title }) => title));
    expect(quoted.length).toBeGreaterThan(8);
    for (const title of quoted) expect(titles).toContain(title);
  });
});

describe("stories", () => {
  const CHANNELS = ["web-banking", "mobile-api", "notifications", "onboarding"];

  test("lead time of Channels doubled after the reorganisation", () => {
    const before = medianDaysToMerge(world.changes, CHANNELS, berlin("2025-01-01"), berlin("2025-10-01"));
    const after = medianDaysToMerge(world.changes, CHANNELS, berlin("2026-01-01"), berlin("2026-07-01"));
    expect(after / before).toBeGreaterThan(1.7);
    expect(after / before).toBeLessThan(3);
  });

  test("Fridays hurt web-banking", () => {
    const { friday, otherDay } = shareHurt(world, "web-banking");
    expect(friday).toBeGreaterThan(3 * otherDay);
  });

  test("one deployment broke the freeze", () => {
    const from = berlin("2025-12-15");
    const until = berlin("2026-01-07");
    const during = world.deployments.filter(
      ({ startedAt, environment }) => from <= startedAt && startedAt < until && environment !== "staging",
    );
    expect(during.map(({ service, rollbackOf }) => [service.name, rollbackOf !== undefined])).toEqual([
      ["payments", false],
      ["payments", false],
      ["payments", true],
      ["payments", true],
    ]);
  });

  test("one emergency change was never reviewed", () => {
    const unreviewed = world.changeRequests.filter(
      ({ type, reviewAt }) => type === "emergency" && reviewAt === undefined,
    );
    expect(unreviewed.map(({ service }) => service.name)).toEqual(["identity"]);
  });

  test("no incident of fraud-check is known for the third quarter of 2025", () => {
    const from = berlin("2025-07-01");
    const until = berlin("2025-10-01");
    const known = world.incidents.filter(
      ({ service, startedAt }) => service.name === "fraud-check" && from <= startedAt && startedAt < until,
    );
    expect(known).toEqual([]);
  });

  test("the migration of the ledger was rolled back, and landed in three steps", () => {
    const bad = world.deployments.find(
      ({ head, service, environment }) =>
        head.change.labels.includes("migration") &&
        head.change.title.startsWith("Split postings") &&
        service.name === "ledger" &&
        environment === "prod",
    );
    expect(world.deployments.some(({ rollbackOf }) => rollbackOf === bad)).toBe(true);
    expect(world.changes.filter(({ paths }) => paths.some((path) => /V04[345]__/.test(path)))).toHaveLength(
      3,
    );
  });

  test("train 2026.1 carried one change into three services, and one incident names all three", () => {
    const incident = world.incidents.find(({ title }) => title.startsWith("Interest is rounded down"));
    const runs = new Set(incident?.causedBy.map(({ id }) => id));
    const blamed = world.deployments.filter(({ run }) => runs.has(run.id));
    expect(blamed.map(({ service, train }) => `${service.name} ${train}`).sort()).toEqual([
      "core-banking 2026.1",
      "regulatory-reporting 2026.1",
      "statements 2026.1",
    ]);
  });

  test("core-banking repaired train 2025.3 with a cherry-pick", () => {
    const picks = world.deployments.flatMap(({ head }) => (head.pick ? [head.pick] : []));
    expect(
      picks.some(({ branch, of }) => branch === "release/2025.3" && of.title.includes("term deposits")),
    ).toBe(true);
  });

  test("the pipeline of notifications is flaky for half a year", () => {
    const retried = (from: string, until: string) => {
      const attempts = world.deployments.filter(
        ({ service, startedAt }) =>
          service.name === "notifications" && berlin(from) <= startedAt && startedAt < berlin(until),
      );
      return attempts.filter(({ status }) => status !== "success").length / attempts.length;
    };
    expect(retried("2025-10-01", "2026-04-01")).toBeGreaterThan(0.25);
    expect(retried("2024-07-01", "2025-10-01")).toBeLessThan(0.06);
  });
});

function filesOf(source: string): FilesConfig {
  const found = config.sources[source];
  if (found?.collector !== "files") throw new Error(`no files source ${source}`);
  return found;
}

async function collect(source: FilesConfig) {
  const records = new Map<string, number>();
  const rejected: string[] = [];
  const warnings: string[] = [];
  const context: StreamContext = {
    baseDirectory: base,
    report: () => undefined,
    warn: (message) => warnings.push(message),
    usage: nothingAsked(),
  };
  for (const stream of files.streams(source)) {
    for await (const page of stream.pages(source, undefined, context)) {
      records.set(stream.name, (records.get(stream.name) ?? 0) + page.records.length);
      rejected.push(...(page.rejected ?? []).map(({ file, reason }) => `${file} ${reason}`));
    }
  }
  return { records, rejected, warnings };
}
