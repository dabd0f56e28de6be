import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json, RawRecord } from "../../../../collectors/contract.ts";
import { entities, type Entity } from "../../../../collectors/files/entities.ts";
import { configDocument } from "../../../../src/config/document.ts";
import { configSchema, type Config } from "../../../../src/config/schema.ts";
import { buildSite } from "../../../../src/site/build.ts";
import { buildModel, setVariables } from "../../../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../../../src/warehouse/open.ts";
import { queryParameters } from "../../../../src/warehouse/parameters.ts";
import { storePage } from "../../../../src/warehouse/store.ts";
import type { AtEnd } from "../../scenario.ts";
import type { Input, OpenReader, Reader } from "../reader.ts";
import {
  bank,
  companyOnce,
  deliveries,
  gitlabGroup,
  NOTHING,
  reports,
  repositories,
  type World,
} from "./worlds.ts";

const AS_OF = "2026-06-30T00:00:00Z";
const AT = new Date(AS_OF);

/** Of each tenth seed everything is made that is made of records, and of each hundredth a site: that takes twenty times as long, and a hundred. */
const WHOLE = 10;
const SITE = 100;

/** Whatever records say, the tables of staging are made of them, and all that is made of these. */
function readerOf({ document, samples }: World, atEnd: AtEnd): OpenReader["read"] {
  const config = configSchema.parse(document);
  // Settings of controls are of none where there are none.
  const staged = { ...config, controls: {} };
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-fuzz-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return async (inputs, seed) => {
    const isWhole = seed % WHOLE === 0;
    const isSite = seed % SITE === 0;
    const path = isSite ? join(folder, "fuzz.duckdb") : ":memory:";
    const variables = queryParameters(config, AS_OF);
    await using(await openWarehouse(path, { mode: "write", threads: 1 }), async (warehouse) => {
      await warehouse.run("insert into raw.run values (1, ?, ?, 'completed', 'test')", [AS_OF, AS_OF]);
      // What is altered is joined with what is not.
      const records = isWhole ? [...samples, ...inputs.filter((input) => isTaken(input, config))] : inputs;
      for (const [target, some] of byStream(records))
        await storePage(warehouse, { ...target, runId: 1, fetchedAt: AT }, { records: some, cursor: null });
      await buildModel(warehouse, {
        document: configDocument(isWhole ? config : staged),
        variables,
        without: isWhole ? [] : NOTHING,
      });
    });
    if (!isSite) return;
    await using(await openWarehouse(path, { mode: "read" }), async (warehouse) => {
      await setVariables(warehouse, variables);
      await buildSite(warehouse, { outDir: join(folder, "site"), config });
    }).finally(() => rmSync(path));
  };
}

/** Readers of files refuse rows without a column that is asked for. */
function isTaken({ name, bytes }: Input, { sources }: Config): boolean {
  const [source = "", stream = ""] = name.split("\t");
  if (sources[source]?.collector !== "files") return true;
  const entity = Object.entries<Entity>(entities).find(([one]) => one === stream)?.[1];
  const payload = JSON.parse(bytes.toString("utf8")) as Readonly<Record<string, unknown>>;
  const asked = Object.entries(entity?.columns ?? {}).filter(([, { required }]) => required === true);
  return asked.every(([column]) => (payload[column] ?? "") !== "");
}

async function using(warehouse: Warehouse, work: (warehouse: Warehouse) => Promise<void>): Promise<void> {
  try {
    await work(warehouse);
  } finally {
    warehouse.close();
  }
}

function byStream(inputs: readonly Input[]): (readonly [{ source: string; stream: string }, RawRecord[]])[] {
  const seen = new Set<string>();
  const records = inputs.map(({ name, bytes }, index) => {
    const [source = "", stream = "", key = ""] = name.split("\t");
    // Keys are the collector's own, and a record is there once.
    const unique = seen.has(name) ? `${key}~${index}` : key;
    seen.add(name);
    return { source, stream, record: { key: unique, payload: JSON.parse(bytes.toString("utf8")) as Json } };
  });
  const streams = Map.groupBy(records, ({ source, stream }) => JSON.stringify([source, stream]));
  return [...streams.values()].map((some) => {
    const { source, stream } = some[0]!;
    return [{ source, stream }, some.map(({ record }) => record)] as const;
  });
}

const staging = (name: string, test: number, world: () => Promise<World>, sources: RegExp): Reader => ({
  name,
  test,
  isSlow: true,
  together: 500,
  open: async (atEnd) => {
    const made = await world();
    return {
      samples: made.samples.filter((one) => sources.test(one.name)),
      isJson: true,
      read: readerOf(made, atEnd),
    };
  },
});

export const stagingReaders: readonly Reader[] = [
  staging("staging-files", 100, () => bank(false), /^/),
  staging("staging-events", 0, () => bank(true), /^/),
  staging("staging-evidence", 0, reports, /^/),
  staging("staging-git", 0, repositories, /^/),
  staging("staging-gitlab", 0, gitlabGroup, /^/),
  staging("staging-deliveries", 0, deliveries, /^/),
  staging("staging-github", 0, companyOnce, /^github\t/),
  staging("staging-jira", 0, companyOnce, /^jira\t/),
  staging("staging-pagerduty", 0, companyOnce, /^pager/),
  staging("staging-servicenow", 0, companyOnce, /^(?:service|desk)/),
];
