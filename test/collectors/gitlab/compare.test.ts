import { describe, expect, test } from "vitest";
import { deploy, finish, issue, setState } from "../../fakes/gitlab/world/happen.ts";
import { World } from "../../fakes/gitlab/world/world.ts";
import { type Bench, failed } from "../bench.ts";
import { bench, serve } from "./support.ts";

const DAY = 86_400;

/** So many issues, an hour apart, of which each tenth is an incident. */
function tracked(count: number) {
  const world = new World("2024-01-02T08:00:00Z");
  const project = world.project("acme/payments");
  for (let index = 0; index < count; index += 1)
    issue(world.pass(3_600_000), project, { type: index % 10 === 0 ? "incident" : "issue" });
  world.pass(DAY * 1000);
  return { world, project };
}

async function issuesIn(one: Bench): Promise<number[]> {
  const rows = await one.warehouse.rows<{ iid: number }>(
    "select cast(payload ->> '$.iid' as integer) as iid from raw.current where stream = 'issue' order by iid",
  );
  return rows.map(({ iid }) => iid);
}

const upTo = (count: number, without: readonly number[]) =>
  Array.from({ length: count }, (_, index) => index + 1).filter((id) => !without.includes(id));

describe("confidential issues that the token's owner may see no longer", () => {
  test("go, and come back once they are shown again, though neither is an update", async () => {
    const { project, world } = tracked(250);
    const fake = await serve({ world });
    const one = await bench(fake);
    await one.collect();
    for (const id of [1, 11, 60]) project.hidden.add(id);
    await one.collect();
    expect(await issuesIn(one)).toEqual(upTo(250, [1, 11, 60]));
    project.hidden.clear();
    fake.requests.length = 0;
    expect(failed(await one.collect())).toEqual([]);
    expect(await issuesIn(one)).toEqual(upTo(250, []));
    expect(fake.requests.length).toBeLessThan(40);
  });

  test("are told apart within a week where as many are shown again, and asked for then only", async () => {
    const { project, world } = tracked(250);
    project.hidden.add(5);
    const fake = await serve({ world });
    const one = await bench(fake);
    await one.collect();
    project.hidden.clear();
    project.hidden.add(200);
    await one.later(6 * DAY).collect();
    expect(await issuesIn(one)).toEqual(upTo(250, [5]));
    await one.later(7 * DAY).collect();
    expect(await issuesIn(one)).toEqual(upTo(250, [200]));
    fake.requests.length = 0;
    await one.later(8 * DAY).collect();
    const lists = fake.requests.filter(({ url }) => url.includes("/issues?"));
    expect(lists.filter(({ url }) => !url.includes("updated_after"))).toHaveLength(1);
  });

  test("are found as soon where the first run was cut short", async () => {
    const { project, world } = tracked(250);
    project.hidden.add(240);
    const fake = await serve({ world });
    let left = 1;
    fake.faults = (url) => (url.includes("/issues?") && left-- <= 0 ? "bad-gateway" : undefined);
    const one = await bench(fake);
    expect(failed(await one.collect())).toContain("issue");
    fake.faults = () => undefined;
    project.hidden.clear();
    project.hidden.add(245);
    await one.later(7 * DAY).collect();
    expect(await issuesIn(one)).toEqual(upTo(250, [245]));
  });
});

test("what ends while it is compared is stored as it is then", async () => {
  const { world, project } = tracked(12);
  const one = issue(world.pass(1000), project, { type: "incident" });
  const { sha } = world.commit(project, { message: "Work", parents: [] });
  const running = deploy(world, project, world.environment(project, "production"), {
    sha,
    status: "running",
  });
  const fake = await serve({ world });
  const source = await bench(fake);
  await source.collect();
  setState(world.pass(1000), one, "closed");
  finish(world, running, "success");
  project.hidden.add(3);
  await source.later(7 * DAY).collect();
  const clean = await bench(fake);
  await clean.collect();
  expect(await source.current()).toEqual(await clean.current());
});
