import { expect, test } from "vitest";
import { CONFIG, tinyWorld } from "./world.ts";

// Where there is nothing to show, pages are left out: no link may lead there.
test.each([
  ["a company without services", CONFIG.replace(/services:[^]*(?=sources:)/, "")],
  ["a company without teams, that deployed nothing in the quarter that ended last", CONFIG.replace(/teams:[^]*(?=sources:)/, "")],
])("%s has a site without fault", async (_, config) => {
  const world = tinyWorld({ config });
  world.now = new Date("2026-08-01T00:00:00Z");
  expect(await world.run("collect")).toMatchObject({ code: 0 });
  expect(await world.run("build")).toMatchObject({ code: 0 });
  const { out } = await world.run("publish", "--check");
  expect(out).toMatch(/^public: 0 faults, 0 notes\./);
});
