import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { DEMO_TOKEN } from "../../fakes/jira/index.ts";
import { randomWorld } from "../../fakes/jira/random.ts";
import { configured, serve } from "./support.ts";

/** Stored text is compressed: the bytes of the file alone prove little. */
async function tablesWith(path: string, text: string): Promise<string[]> {
  const warehouse = await openWarehouse(path, { mode: "read" });
  const tables = await warehouse.rows<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE'",
  );
  const found: string[] = [];
  for (const { name } of tables)
    if ((await warehouse.rows(`select 1 from ${name} as t where contains(t::varchar, ?)`, [text])).length > 0)
      found.push(name);
  warehouse.close();
  return found;
}

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
