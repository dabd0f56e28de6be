import { expect, test } from "vitest";
import { story } from "../story.ts";

test("a service is upstream once, where it is named first", async () => {
  const service = `
    name     | upstream
    payments | search; ledger; search`;
  const warehouse = await story({ data: { service } });
  expect(
    await warehouse.rows("select service, upstream from model.service where service = 'payments'"),
  ).toEqual([{ service: "payments", upstream: ["search", "ledger"] }]);
});
