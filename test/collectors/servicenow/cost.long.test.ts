import { expect, test } from "vitest";
import { type Json, nothingAsked, type RawRecord, type StoredRecords } from "../../../collectors/contract.ts";
import { realEffects } from "../../../collectors/http/effects.ts";
import { servicenowConfig } from "../../../collectors/servicenow/config.ts";
import { servicenowWith } from "../../../collectors/servicenow/index.ts";
import { DEMO_TOKEN, type FakeServiceNow } from "../../fakes/servicenow/index.ts";
import {
  closeChange,
  decide,
  open,
  reopen,
  requestChange,
  resolve,
  service,
} from "../../fakes/servicenow/world/happen.ts";
import { World } from "../../fakes/servicenow/world/world.ts";
import { Chance } from "../../support/chance.ts";
import { serve } from "./support.ts";

/** So many incidents, as many change requests, and two decisions on each of these. */
function long(count: number): World {
  const world = new World("2024-01-02T08:00:00Z");
  const payments = service(world, "payments");
  for (let index = 0; index < count; index += 1) {
    const change = requestChange(world.pass(60), payments);
    for (const login of ["ada", "grace"]) decide(world.pass(60), change, login, "approved");
    resolve(world, open(world.pass(60), payments));
  }
  return world;
}

type Kept = Map<string, { readonly updatedAt: string; readonly payload: Json }>;

/** What streams handed on, without a database: for what is about many records. */
class Reader {
  readonly records = new Map<string, Kept>();
  readonly #cursors = new Map<string, Json>();

  /** Reads on from where it stopped; returns how many requests that took. */
  async read(snow: FakeServiceNow): Promise<number> {
    const config = servicenowConfig.parse({ collector: "servicenow", url: snow.url, token: "${TOKEN}" });
    config.token?.resolve({ TOKEN: DEMO_TOKEN });
    const before = snow.requests.length;
    const collector = servicenowWith({ fetch: realEffects.fetch, sleep: () => Promise.resolve() });
    for (const stream of collector.streams(config)) {
      const kept = this.records.get(stream.name) ?? (new Map() as Kept);
      this.records.set(stream.name, kept);
      const context = {
        baseDirectory: ".",
        report: () => undefined,
        warn: () => undefined,
        usage: nothingAsked(),
        stored: storedIn(kept),
      };
      for await (const page of stream.pages(config, this.#cursors.get(stream.name), context)) {
        for (const record of page.records) keep(kept, record);
        this.#cursors.set(stream.name, page.cursor);
      }
    }
    return snow.requests.length - before;
  }
}

function keep(kept: Kept, { key, payload, updatedAt = "" }: RawRecord): void {
  if (payload === null) kept.delete(key);
  else kept.set(key, { updatedAt, payload });
}

const storedIn = (kept: ReadonlyMap<string, { readonly updatedAt: string }>): StoredRecords => ({
  startingWith: () =>
    Promise.resolve(new Map([...kept].map(([key, { updatedAt }]) => [key, Date.parse(updatedAt)]))),
  counts: () => Promise.resolve(new Map()),
  saying: () => Promise.resolve(new Map()),
});

const COUNT = Number(process.env["QUARTERDECK_INCIDENTS"] ?? 20_000);

test(
  "a run after which 0.5 % of all records changed costs less than 2 % of the first",
  { timeout: 600_000 },
  async () => {
    const world = long(COUNT);
    const snow = await serve({ world });
    const reader = new Reader();
    const whole = await reader.read(snow);
    const chance = new Chance(1);
    world.pass(86_400);
    // Of whatever age; a fifth of them are new.
    const changes = [...world.table("change_request").rows.values()];
    const incidents = [...world.table("incident").rows.values()];
    for (let index = 0; index < COUNT * 0.004; index += 1) {
      closeChange(world.pass(30), chance.of(changes)!);
      reopen(world.pass(30), chance.of(incidents)!);
    }
    const [payments] = world.table("cmdb_ci_service").rows.values();
    for (let index = 0; index < COUNT * 0.001; index += 1) {
      open(world.pass(30), payments);
      const change = requestChange(world.pass(30), payments!);
      for (let each = 0; each < 10; each += 1) decide(world.pass(1), change, "ada", "approved");
    }
    const changed = await reader.read(snow);
    expect(changed / whole, `${changed} of ${whole}`).toBeLessThan(0.02);
    if (process.env["QUARTERDECK_INCIDENTS"])
      console.log(`${COUNT} incidents: ${whole} requests, then ${changed}`);
    const clean = new Reader();
    await clean.read(snow);
    expect(reader.records).toEqual(clean.records);
    expect(clean.records.get("incident")?.size).toBe(world.table("incident").rows.size);
  },
);
