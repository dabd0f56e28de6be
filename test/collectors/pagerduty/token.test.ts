import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../../src/package-root.ts";
import { DEMO_TOKEN, type FakePagerDuty } from "../../fakes/pagerduty/index.ts";
import type { Fault } from "../../fakes/pagerduty/server/faults.ts";
import { randomWorld } from "../../fakes/pagerduty/world/random.ts";
import { tablesWith } from "../../support/tables-with.ts";
import { configured, serve } from "./support.ts";

async function run(folder: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(packageRoot, "bin/quarterdeck.js"), ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], PAGERDUTY_TOKEN: DEMO_TOKEN.token },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => void (printed += text.toString()));
  await once(child, "close");
  return printed;
}

test("the token is found nowhere, whatever goes wrong", { timeout: 180_000 }, async () => {
  const pagerduty: FakePagerDuty = await serve({ world: randomWorld(1, 30).world });
  const { folder } = configured(pagerduty);
  let printed = "";
  for (const fault of ["redirect-away", "bad-shape"] satisfies Fault[]) {
    pagerduty.faults = (path) => (path.startsWith("/services") ? undefined : fault);
    printed += await run(folder, ["collect"]);
  }
  pagerduty.faults = () => undefined;
  for (const args of [["collect"], ["collect", "--dry-run"], ["doctor"]]) printed += await run(folder, args);
  expect(printed).toContain("where the token must not go");
  expect(printed).toContain("the token is accepted and sees");
  expect(pagerduty.strayed).toEqual([]);
  expect(printed).not.toContain(DEMO_TOKEN.token);
  expect(await tablesWith(join(folder, "quarterdeck.duckdb"), DEMO_TOKEN.token)).toEqual([]);
});
