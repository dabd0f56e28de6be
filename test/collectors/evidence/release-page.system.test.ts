import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { tinyWorld } from "../../cli/commands/world.ts";
import { SHA } from "./support.ts";

const CONFIG = `
organisation: Tiny
services:
  api: { repository: api }
publish: { packs: latest }
sources:
  data: { collector: files, files: [{ path: data/d.csv, entity: deployment }] }
  pipelines: { collector: evidence, files: [{ path: "reports/{service}/{sha}/{suite}.xml" }] }
`;

test("tests that a pipeline dropped stand on the page of the release and in its pack", async () => {
  const world = tinyWorld({ config: CONFIG });
  world.write(
    "data/d.csv",
    `id,service,environment,sha,version,finished_at,status\nd1,api,production,${SHA},1.4.0,2026-03-02T10:00:00Z,success\n`,
  );
  world.write(
    `reports/api/${SHA}/contract-suite.xml`,
    '<testsuite name="x"><testcase name="a"/><testcase name="b"/><testcase name="c"><skipped/></testcase></testsuite>',
  );
  const collected = await world.run("collect");
  expect(collected.code, collected.out + collected.err).toBe(0);
  const built = await world.run("build", "--as-of", "2026-03-31");
  expect(built.code, built.err).toBe(0);
  const files = readdirSync(world.path("public"), { recursive: true }).map(String);
  const saying = files.filter(
    (name) => /\.(html|csv)$/.test(name) && world.read(`public/${name}`).includes("contract-suite"),
  );
  expect(saying).toContainEqual(expect.stringMatching(/^releases\/api\/.*\.html$/));
  expect(saying).toContainEqual(expect.stringMatching(/^packs\/.*tests\.csv$/));
});
