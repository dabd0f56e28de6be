import { expect, test } from "vitest";
import type { Check } from "../../../collectors/contract.ts";
import { gitlabConfig } from "../../../collectors/gitlab/config.ts";
import { gitlab } from "../../../collectors/gitlab/index.ts";
import { DEMO_TOKEN, type FakeOptions } from "../../fakes/gitlab/index.ts";
import { World } from "../../fakes/gitlab/world/world.ts";
import { serve } from "./support.ts";

async function check(options: Partial<FakeOptions>, more: object = {}): Promise<Check[]> {
  const world = new World("2026-01-05T09:00:00Z");
  const project = world.project("acme/payments");
  project.main = world.commit(project, { message: "First", parents: [] }).sha;
  const { url } = await serve({ world, ...options });
  const config = gitlabConfig.parse({
    collector: "gitlab",
    url,
    groups: ["acme"],
    token: "${TOKEN}",
    ...more,
  });
  config.token.resolve({ TOKEN: DEMO_TOKEN });
  expect(gitlab.origins?.(config)).toEqual([url]);
  const checks: Check[] = [];
  for await (const one of gitlab.check?.(config, { baseDirectory: ".", now: new Date(0) }) ?? [])
    checks.push(one);
  return checks;
}

const containing = (text: string): unknown => expect.stringContaining(text);

test("a token that may read everything", async () => {
  expect(await check({})).toMatchObject([
    { status: "ok", message: "the token is accepted and sees 1 projects that are meant" },
  ]);
});

test("what may not be read, with what is missing without it and what to do", async () => {
  const refused = (path: string) => (/deployments|issues/.test(path) ? 403 : undefined);
  expect(await check({ refused })).toMatchObject([
    { status: "ok" },
    {
      status: "problem",
      subject: "acme/payments",
      message: containing("without it is missing: deployments, and with them every figure"),
      remedy: containing("read_api"),
    },
    { status: "problem", message: containing("issues") },
  ]);
  expect(await check({ refused }, { issues: "none" })).toHaveLength(2);
});

test("a group that is not there, and no project that fits", async () => {
  expect(await check({}, { groups: ["acmee"] })).toMatchObject([
    { status: "problem", message: containing("acmee: ") },
    { status: "problem", message: "there is no project that fits and that the token sees" },
  ]);
  expect(await check({}, { exclude: ["pay*"] })).toMatchObject([{ status: "problem" }]);
});
