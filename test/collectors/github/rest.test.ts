import { describe, expect, test } from "vitest";
import { GitHub } from "../../../collectors/github/client/github.ts";
import { Denied, type Found, type RestList, unlessAbsent } from "../../../collectors/github/client/rest.ts";
import { DEMO_TOKEN, type FakeGitHub } from "../../fakes/github/index.ts";
import { PASSING_FAULTS } from "../../fakes/github/server/faults.ts";
import { push } from "../../fakes/github/world/commits.ts";
import { manyRuns } from "../../fakes/github/world/scenarios.ts";
import { noWaiting } from "../bench.ts";
import { configOf, serve, tiny } from "./support.ts";

const COMMITS = "/repos/acme/service1/commits";

function pushed(count: number) {
  const world = tiny();
  const target = world.repository("acme/service1");
  if (!target) throw new RangeError("no repository");
  for (let index = 1; index < count; index += 1) push(world, target, { by: "ada", message: `Change ${index}` });
  manyRuns(world, target, 5);
  return world;
}

function clientOf({ url }: Pick<FakeGitHub, "url">, waits: number[] = []): GitHub {
  return new GitHub(configOf(url, { token: "${T}" }, { T: DEMO_TOKEN.token }), noWaiting(waits));
}

type Page = Found<RestList<unknown>>;

async function all(client: GitHub, path: string, etag?: string): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of client.pages(path, etag)) pages.push(page);
  return pages;
}

const sizes = (pages: readonly Page[]) =>
  pages.map((page) => (page.kind === "found" ? [page.kind, page.body.items.length, page.body.total] : [page.kind]));

describe("lists", () => {
  test("follow their next links to the end, for calls and no points", async () => {
    const client = clientOf(await serve({ world: pushed(7) }));
    expect(sizes(await all(client, `${COMMITS}?per_page=3`))).toEqual([
      ["found", 3, undefined],
      ["found", 3, undefined],
      ["found", 1, undefined],
    ]);
    expect(client.counts).toMatchObject({ calls: 3, points: 0 });
  });

  test("come out of what is around them, with the total that GitHub says", async () => {
    const client = clientOf(await serve({ world: pushed(1) }));
    expect(sizes(await all(client, "/repos/acme/service1/actions/runs?per_page=4"))).toEqual([
      ["found", 4, 5],
      ["found", 1, 5],
    ]);
  });

  test("stay within the origin", async () => {
    const server = await serve({ world: pushed(7), faults: [{ fault: { kind: "link-away" } }] });
    await expect(all(clientOf(server), `${COMMITS}?per_page=3`)).rejects.toThrow("where the token must not go");
    expect(server.strayed).toEqual([]);
  });

  test("of which a page is refused are not taken for whole", async () => {
    const server = await serve({ world: pushed(7), faults: [{ fault: { kind: "not-found" }, skip: 1 }] });
    const client = clientOf(server);
    expect(await client.findAll(`${COMMITS}?per_page=3`)).toEqual({ kind: "absent", problem: { type: "NOT_FOUND", message: "Not Found" } });
  });

  test("that are no lists are said", async () => {
    await expect(all(clientOf(await serve({ world: pushed(1) })), "/repos/acme/service1")).rejects.toThrow("is no list");
  });
});

describe("what is known", () => {
  test("is not sent again, and does not count against the hour", async () => {
    const server = await serve({ world: pushed(2) });
    const client = clientOf(server);
    const first = await client.findAll(COMMITS);
    expect(first).toMatchObject({ kind: "found", body: { items: [{}, {}] } });
    const etag = first.kind === "found" ? first.etag : undefined;
    expect(await client.find(COMMITS, etag)).toEqual({ kind: "unchanged" });
    expect(await client.findAll(COMMITS, etag)).toEqual({ kind: "unchanged" });
    expect(server.counts()).toMatchObject({ rest: 3, restCounted: 1, notModified: 2 });
    expect(client.counts).toMatchObject({ calls: 3, points: 0, retries: 0 });
  });
});

describe("what is refused", () => {
  test("is the caller's to judge, and asked once", async () => {
    const permissions = { contents: "read" } as const;
    const server = await serve({ world: pushed(1), tokens: [{ ...DEMO_TOKEN, kind: "fine-grained", permissions }] });
    const client = clientOf(server);
    const absent = await client.find("/repos/acme/nothing");
    expect(absent).toMatchObject({ kind: "absent", problem: { message: "Not Found" } });
    expect(unlessAbsent(absent)).toBeUndefined();
    const runs = "/repos/acme/service1/actions/runs";
    const denied = await client.find(runs);
    expect(denied).toMatchObject({ kind: "denied", problem: { type: "FORBIDDEN" } });
    expect(() => unlessAbsent(denied)).toThrow(Denied);
    expect(sizes(await all(client, runs))).toEqual([["denied"]]);
    expect(client.counts.retries).toBe(0);
  });
});

describe("what goes wrong on the way", () => {
  test.for(PASSING_FAULTS.map((fault) => [fault.kind, fault] as const))("%s", async ([, fault]) => {
    const server = await serve({ world: pushed(7), faults: [{ fault, skip: 1, times: 2 }] });
    const pages = await all(clientOf(server), `${COMMITS}?per_page=3`);
    expect(pages.flatMap((page) => (page.kind === "found" ? page.body.items : [])).length).toBe(7);
  });

  test("waits as GitHub asks, as long as it pauses for errors, and counts it", async () => {
    const faults = [{ fault: { kind: "secondary-limit", retryAfter: 7 } as const }, { fault: { kind: "bad-gateway" } as const, times: 2 }];
    const waits: number[] = [];
    const client = clientOf(await serve({ world: pushed(1), faults }), waits);
    expect(await client.find(COMMITS)).toMatchObject({ kind: "found" });
    expect(waits).toEqual([7, 1, 4]);
    expect(client.counts).toMatchObject({ calls: 4, retries: 3, waited: 12 });
  });

  test("leaves what the hour of REST has left to itself", async () => {
    const waits: number[] = [];
    const server = await serve({ world: pushed(1), tokens: [{ ...DEMO_TOKEN, pointsPerHour: 3 }] });
    const client = new GitHub(configOf(server.url, { token: "${T}", reserve: 1 }, { T: DEMO_TOKEN.token }), noWaiting(waits));
    await client.find(COMMITS);
    await client.find(COMMITS);
    await client.query("RepositoryByName", { owner: "acme", name: "service1" });
    expect(waits).toEqual([]);
    await client.find(COMMITS);
    expect(waits.length).toBe(1);
  });
});
