import { expect, test } from "vitest";
import { companyOf, fill } from "../../bench/scale/company.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { verifyChain } from "../../src/warehouse/verify.ts";

test("a company made up straight as records has as much of everything as was asked for, and its chain verifies", async () => {
  const amounts = { services: 20, deployments: 301, changes: 750, tickets: 100, incidents: 17 };
  const warehouse = await openWarehouse(":memory:", { mode: "write" });
  await fill(warehouse, amounts);
  const counts = await warehouse.rows<{ stream: string; keys: number }>("select stream, count(distinct key) as keys from raw.current group by stream");
  const keys = Object.fromEntries(counts.map((row) => [row.stream, row.keys]));
  expect(keys).toMatchObject({ deployment: 301, change: 750, commit: 750, ticket: 100, ticket_transition: 200, incident: 17, ref: 20 });
  expect(await warehouse.rows("select count(*) - count(distinct (stream, key)) as twice from raw.record")).toEqual([{ twice: 0 }]);
  expect((await verifyChain(warehouse)).problems).toEqual([]);
  expect(Object.keys(companyOf(20).services)).toHaveLength(20);
  warehouse.close();
});
