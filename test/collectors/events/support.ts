import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { type Json, nothingAsked, type Page } from "../../../collectors/contract.ts";
import { eventsConfig } from "../../../collectors/events/config.ts";
import { events } from "../../../collectors/events/index.ts";
import { configDocument } from "../../../src/config/document.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { buildModel } from "../../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { queryParameters } from "../../../src/warehouse/parameters.ts";
import type { Layer } from "../../../src/warehouse/query-file.ts";
import { storePage } from "../../../src/warehouse/store.ts";
import { folder } from "../files/support.ts";

type Options = Omit<z.input<typeof eventsConfig>, "collector" | "paths">;

/** One event of each type, and a few more: they tell one small story, and fit the schemas of CDEvents 0.5.1. */
export const EXAMPLES = readFileSync(join(import.meta.dirname, "examples.ndjson"), "utf8");

export const exampleLines = EXAMPLES.trimEnd().split("\n");

/** A valid event; what is given replaces members of its context. */
export const event = (context: object = {}, rest: object = {}) => ({
  context: {
    specversion: "0.5.1",
    id: "1",
    source: "/ci",
    type: "dev.cdevents.service.deployed.0.3.0",
    timestamp: "2026-03-02T10:00:00Z",
    ...context,
  },
  subject: { id: "api", content: { environment: { id: "prod" }, artifactId: "pkg:generic/api@1.0" } },
  ...rest,
});

export const line = (value: object) => `${JSON.stringify(value)}\n`;

/** One collection of a folder. */
export async function collect(directory: string, paths: readonly string[] = ["**/*"], cursor?: Json) {
  const config = eventsConfig.parse({ collector: "events", paths });
  const warnings: string[] = [];
  const reports: string[] = [];
  const context = {
    baseDirectory: directory,
    report: (message: string) => void reports.push(message),
    warn: (message: string) => void warnings.push(message),
    usage: nothingAsked(),
  };
  const [stream] = events.streams();
  const pages: Page[] = [];
  for await (const page of stream?.pages(config, cursor, context) ?? []) pages.push(page);
  return {
    pages,
    records: pages.flatMap((page) => page.records),
    rejected: pages.flatMap((page) => page.rejected ?? []),
    warnings,
    reports,
    cursor: pages.at(-1)?.cursor ?? cursor,
  };
}

const AS_OF = "2026-04-01T00:00:00Z";
const BELOW: readonly Layer[] = ["model", "correlation", "metrics", "controls", "expectations", "reports", "publish"];

/** A database with the files collected by a source `log`; with staging only, unless more is asked for. */
export async function staged(
  files: Readonly<Record<string, string>>,
  options: Options = {},
  without: readonly Layer[] = BELOW,
): Promise<Warehouse> {
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  const at = new Date(AS_OF);
  await warehouse.run("insert into raw.run values (1, ?, ?, 'completed', 'test')", [AS_OF, AS_OF]);
  const { pages } = await collect(folder(files));
  for (const page of pages)
    await storePage(warehouse, { source: "log", stream: "event", runId: 1, fetchedAt: at }, page);
  const config = configSchema.parse({
    organisation: "Test",
    services: { api: { repository: "acme/api" } },
    environments: { production: { kind: "production", names: ["prod"] } },
    sources: { log: { collector: "events", paths: ["**/*"], ...options } },
  });
  const variables = queryParameters(config, AS_OF);
  await buildModel(warehouse, { document: configDocument(config), variables, without });
  return warehouse;
}
