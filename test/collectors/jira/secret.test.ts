import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { DEMO_TOKEN } from "../../fakes/jira/index.ts";
import { randomWorld } from "../../fakes/jira/random.ts";
import { tablesWith } from "../../support/tables-with.ts";
import { configured, serve } from "./support.ts";

test("the token is found nowhere", { timeout: 120_000 }, async () => {
  const { world } = randomWorld(1);
  const jira = await serve({ world });
  const { folder, effects } = configured(jira);
  for (const kind of ["redirect-away", "unauthorized", "forbidden"] as const) {
    jira.inject([{ fault: { kind }, of: "search/jql" }]);
    expect(await main(["collect"], effects)).toBe(2);
  }
  jira.inject([]);
  for (const args of [["collect"], ["collect", "--dry-run"], ["doctor"]]) await main(args, effects);
  const printed = effects.printed.out + effects.printed.err;
  expect(printed).toContain("where the token must not go");
  expect(printed).toContain("the token is accepted and browses PAY, LED, DESK");
  expect(printed).toContain("issues of 3 projects (PAY, LED, DESK)");
  expect(jira.strayed).toEqual([]);
  const encoded = Buffer.from(`quarterdeck@example.com:${DEMO_TOKEN}`).toString("base64");
  const database = readFileSync(join(folder, "quarterdeck.duckdb"));
  for (const secret of [DEMO_TOKEN, encoded]) {
    expect(printed).not.toContain(secret);
    expect(database.includes(secret)).toBe(false);
    expect(await tablesWith(join(folder, "quarterdeck.duckdb"), secret)).toEqual([]);
  }
});
