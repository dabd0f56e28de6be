import { expect, test } from "vitest";
import { merge, openPullRequest } from "../../fakes/github/world/pull-requests.ts";
import { begun } from "../../fakes/github/world/scenarios.ts";
import { World } from "../../fakes/github/world/world.ts";
import { bench, serve } from "./support.ts";

test.for<[string, string[], string[]]>([
  ["Fixes INC0010071", ["INC0010071"], []],
  ["Closes PAY-12, INC0010071 and PRB0040001", ["INC0010071", "PAY-12", "PRB0040001"], ["PAY-12"]],
  ["Fixes HTTP2 and UTF-8, see INC0010071", [], []],
])("%s", async ([body, fixes, tickets]) => {
  const world = new World("2026-01-05T08:00:00Z");
  const pull = openPullRequest(world, begun(world, "acme/pay"), { by: "ada", title: "Round down", body });
  merge(world, pull, { by: "ada" });
  const one = await bench(await serve({ world }));
  await one.collect();
  await one.model("2026-02-01T00:00:00Z");
  expect(await one.warehouse.rows("select fixes, tickets from staging.github_change")).toEqual([
    { fixes, tickets },
  ]);
});
