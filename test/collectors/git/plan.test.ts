import { expect, test } from "vitest";
import { plan } from "../../../collectors/git/plan.ts";
import { makeRepository } from "../../support/git.ts";
import { collect, configOf, temporaryFolder } from "./collect.ts";
import { nothingAsked } from "../../../collectors/contract.ts";

const context = { baseDirectory: "/", report: () => {}, warn: () => {}, usage: nothingAsked() };

test("a plan says what a run would read", async () => {
  const folder = await temporaryFolder();
  const api = await makeRepository(`${folder}/api`, [
    { commit: "one" },
    { commit: "two" },
    { tag: "v1", of: "one" },
  ]);
  await makeRepository(`${folder}/empty`);
  const config = configOf({ path: api.path }, { path: `${folder}/empty` });
  expect(await plan(config, context)).toEqual([
    `api (${folder}/api): main line main, 2 commits and 1 tag to read`,
    `empty (${folder}/empty): has no commits yet`,
  ]);
  const { cursors } = await collect(config);
  await api.add([{ commit: "three" }, { tag: "v1", of: "two" }, { tag: "v2", of: "two" }]);
  expect((await plan(config, context, cursors))[0]).toBe(
    `api (${folder}/api): main line main, 1 commit and 2 tags to read`,
  );
});

test("a plan says that a bundle has nothing new, without unpacking it", async () => {
  const folder = await temporaryFolder();
  const repo = await makeRepository(`${folder}/api`, [{ commit: "one" }]);
  await repo.git("bundle", "create", "--quiet", `${folder}/api.bundle`, "--all");
  const config = configOf({ path: `${folder}/api.bundle` });
  const { cursors } = await collect(config);
  expect(await plan(config, context, cursors)).toEqual([`api (${folder}/api.bundle): nothing new`]);
});
