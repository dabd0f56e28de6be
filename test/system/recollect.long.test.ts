import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, renameSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { globSync } from "tinyglobby";
import { CONFIG, DEPLOYMENTS, INCIDENTS, tinyWorld, type World } from "../cli/commands/world.ts";
import { makeRepository } from "../support/git.ts";

const AS_OF = ["--as-of", "2026-03-31T00:00:00Z"] as const;

const WITH_GIT = `${CONFIG}  code:
    collector: git
    repositories: [{ path: code, repository: api }]
judgements:
  - { what: no deployments in the last week of February, by: Ada, at: 2026-02-20 }
`;

let world: World;

beforeAll(async () => {
  world = tinyWorld({ controls: true, config: WITH_GIT, keep: true });
  const repository = await makeRepository(world.path("code"), [{ commit: "one" }, { commit: "two" }]);
  // A first run reads less, and a record that says something else.
  world.write(
    "data/deployments.csv",
    DEPLOYMENTS.replace("d4,web,production,1.1.0", "d4,web,production,1.0.9"),
  );
  world.write("data/incidents.csv", `${INCIDENTS}i2,api,yesterday,,\n`);
  world.now = new Date("2026-04-01T00:00:00Z");
  await world.run("collect");
  await repository.add([{ commit: "three" }, { tag: "v1", of: "two" }]);
  world.write("data/deployments.csv", DEPLOYMENTS);
  appendFileSync(
    world.path("data/deployments.csv"),
    "d5,api,production,1.2.0,2026-03-09T10:00:00Z,success\n",
  );
  world.now = new Date("2026-04-02T00:00:00Z");
  await world.run("collect");
});

afterAll(() => world.remove());

async function publish(folder: string): Promise<Map<string, string>> {
  expect(await world.run("build", ...AS_OF, "-o", folder)).toMatchObject({ code: 0 });
  expect(await world.run("pack", "release", ...AS_OF, "-o", `${folder}/packs`)).toMatchObject({ code: 0 });
  const files = globSync("**/*", { cwd: world.path(folder), dot: true }).sort();
  return new Map(files.map((file) => [file, readFileSync(world.path(`${folder}/${file}`), "latin1")]));
}

const hash = (text: string | undefined) =>
  createHash("sha256")
    .update(text ?? "missing")
    .digest("hex");

/** What tells how the data came here, and may differ; the list of files has their hashes. */
const PROCESS =
  /^\.quarterdeck-site$|^restatements\.html$|^data\/history\/|\/(?:collection-log\.csv|evidence-log\.(?:jsonl|head)|evidence\/(?:earlier\.jsonl|sealed\.csv|collection\.jsonl|redactions-earlier\.csv))$/;

test("deleting the database and collecting again gives the same site and packs, what tells of collecting aside", async () => {
  const first = await publish("first");
  renameSync(world.path("quarterdeck.duckdb"), world.path("old.duckdb"));
  world.now = new Date("2026-05-05T00:00:00Z");
  await world.run("collect");
  const second = await publish("second");
  expect([...second.keys()]).toEqual([...first.keys()]);
  const others = [...first.keys()].filter((file) => !PROCESS.test(file));
  const differing = others.filter((file) => {
    const told = file.endsWith("/SHA256SUMS") ? withoutLog : (text: string | undefined) => text;
    return hash(told(first.get(file))) !== hash(told(second.get(file)));
  });
  expect(differing).toEqual([]);
  expect(others.length).toBeGreaterThan(60);
  // The log does tell the two apart, so that the test could see a difference.
  const log = others.find((file) => file.endsWith("/SHA256SUMS")) ?? "";
  expect(first.get(log)).not.toBe(second.get(log));
  expect(first.get("restatements.html")).not.toBe(second.get("restatements.html"));
});

const withoutLog = (sums: string | undefined) =>
  sums
    ?.split("\n")
    .filter((line) => !PROCESS.test(`/${line.slice(66)}`))
    .join("\n");
