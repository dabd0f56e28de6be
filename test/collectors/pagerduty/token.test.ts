import { join } from "node:path";
import { expect, test } from "vitest";
import { DEMO_TOKEN, type FakePagerDuty } from "../../fakes/pagerduty/index.ts";
import type { Fault } from "../../fakes/pagerduty/server/faults.ts";
import { randomWorld } from "../../fakes/pagerduty/world/random.ts";
import { BIN, runProcess } from "../../support/process.ts";
import { tablesWith } from "../../support/tables-with.ts";
import { configured, serve } from "./support.ts";

test("the token is found nowhere, whatever goes wrong", { timeout: 180_000 }, async () => {
  const pagerduty: FakePagerDuty = await serve({ world: randomWorld(1, { count: 30 }).world });
  const { folder } = configured(pagerduty);
  const env = { PAGERDUTY_TOKEN: DEMO_TOKEN.token };
  const printedBy = async (...args: string[]) => (await runProcess([BIN, ...args], { folder, env })).printed;
  let printed = "";
  for (const fault of ["redirect-away", "bad-shape"] satisfies Fault[]) {
    pagerduty.faults = (path) => (path.startsWith("/services") ? undefined : fault);
    printed += await printedBy("collect");
  }
  pagerduty.faults = () => undefined;
  for (const args of [["collect"], ["collect", "--dry-run"], ["doctor"]]) printed += await printedBy(...args);
  expect(printed).toContain("where the token must not go");
  expect(printed).toContain("the token is accepted and sees");
  expect(pagerduty.strayed).toEqual([]);
  expect(printed).not.toContain(DEMO_TOKEN.token);
  expect(await tablesWith(join(folder, "quarterdeck.duckdb"), DEMO_TOKEN.token)).toEqual([]);
});
