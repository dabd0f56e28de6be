import { appendFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { tinyWorld } from "./world.ts";

test("what was published and moved is said by metrics and build, until a build has recorded it", async () => {
  const world = tinyWorld();
  await world.run("collect");
  expect((await world.run("build")).err).not.toContain("moved");
  appendFileSync(world.path("data/deployments.csv"), "d5,web,production,1.2.0,2026-03-09T10:00:00Z,success\n");
  world.now = new Date("2026-04-02T00:00:00Z");
  await world.run("collect");
  const note = /^note: \d+ published figures moved since the build as of 2026-04-01T00:00:00Z: restatements\.html says why$/m;
  expect((await world.run("metrics")).err).toMatch(note);
  expect((await world.run("build")).err).toMatch(note);
  const page = world.read("public/restatements.html");
  expect(page).toContain("late or corrected data: 1 deployment record from data");
  expect(world.read("public/services/web.html")).toMatch(/Q1 2026 was published as .*restated/s);
  const again = await world.run("build");
  expect(again.err).not.toContain("moved");
  expect(world.read("public/restatements.html")).toBe(page);
}, 120_000);

test("a database that somebody holds keeps no site from being written, and the next build makes up for it", async () => {
  const world = tinyWorld();
  await world.run("collect");
  await world.run("metrics");
  // This process may open the file more than once; another one may not open it for writing meanwhile.
  const reader = await openWarehouse(world.path("quarterdeck.duckdb"), { mode: "read" });
  const { code, err } = await world.spawn(["build"]);
  reader.close();
  expect(code).toBe(0);
  expect(err).toMatch(
    /^note: the site is written, but its figures were not recorded as published; the next build will: quarterdeck\.duckdb is in use by another process/m,
  );
  expect(world.read("public/index.html")).toContain("Tiny");
  const publications = () => world.inside((warehouse) => warehouse.rows("from raw.publication"));
  expect(await publications()).toEqual([]);
  await world.run("build");
  expect(await publications()).toHaveLength(1);
}, 120_000);
