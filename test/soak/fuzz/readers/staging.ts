import type { Json, RawRecord } from "../../../../collectors/contract.ts";
import { configDocument } from "../../../../src/config/document.ts";
import { configSchema } from "../../../../src/config/schema.ts";
import { buildModel } from "../../../../src/warehouse/model.ts";
import { openWarehouse } from "../../../../src/warehouse/open.ts";
import { queryParameters } from "../../../../src/warehouse/parameters.ts";
import { storePage } from "../../../../src/warehouse/store.ts";
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

/** Whatever records say, the tables of staging are made of them. */
function readerOf({ document }: World): OpenReader["read"] {
  const config = configSchema.parse({ ...document, controls: {} });
  return async (inputs) => {
    const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
    try {
      await warehouse.run("insert into raw.run values (1, ?, ?, 'completed', 'test')", [AS_OF, AS_OF]);
      for (const [target, records] of byStream(inputs))
        await storePage(warehouse, { ...target, runId: 1, fetchedAt: AT }, { records, cursor: null });
      await buildModel(warehouse, {
        document: configDocument(config),
        variables: queryParameters(config, AS_OF),
        without: NOTHING,
      });
    } finally {
      warehouse.close();
    }
  };
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
  open: async () => {
    const made = await world();
    return {
      samples: made.samples.filter((one) => sources.test(one.name)),
      isJson: true,
      read: readerOf(made),
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
