import { join } from "node:path";
import { expect, test } from "vitest";
import { DEMO_TOKEN, type FakeServiceNow } from "../../fakes/servicenow/index.ts";
import type { Fault } from "../../fakes/servicenow/server/faults.ts";
import { randomWorld } from "../../fakes/servicenow/world/random.ts";
import { BIN, runProcess } from "../../support/process.ts";
import { tablesWith } from "../../support/tables-with.ts";
import { configured, serve } from "./support.ts";

test("the token is found nowhere, whatever goes wrong", { timeout: 180_000 }, async () => {
  const servicenow: FakeServiceNow = await serve({ world: randomWorld(1, { count: 30 }).world });
  const { folder } = configured(servicenow);
  const env = { SERVICENOW_TOKEN: DEMO_TOKEN };
  const printedBy = async (...args: string[]) => (await runProcess([BIN, ...args], { folder, env })).printed;
  let printed = "";
  for (const fault of ["redirect-away", "bad-shape"] satisfies Fault[]) {
    servicenow.faults = (path) => (path.includes("/change_request?") ? undefined : fault);
    printed += await printedBy("collect");
  }
  servicenow.faults = () => undefined;
  for (const args of [["collect"], ["collect", "--dry-run"], ["doctor"]]) printed += await printedBy(...args);
  expect(printed).toContain("where the token must not go");
  expect(printed).toContain("change_request: there are");
  expect(servicenow.strayed).toEqual([]);
  expect(printed).not.toContain(DEMO_TOKEN);
  expect(await tablesWith(join(folder, "quarterdeck.duckdb"), DEMO_TOKEN)).toEqual([]);
});
