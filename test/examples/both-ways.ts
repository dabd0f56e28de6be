import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACME_AS_OF, generateAcme } from "../../examples/acme/generate.ts";
import { collect } from "../../src/collect/run.ts";
import { configDocument } from "../../src/config/document.ts";
import { loadConfig } from "../../src/config/load.ts";
import { packageRoot } from "../../src/package-root.ts";
import { buildModel } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import { recordedEffects } from "../cli/effects.ts";

/** What must be equal to the row, whichever way the history came. */
export const COMPARED = [
  "metrics.metric",
  "metrics.quick_check",
  "metrics.wave_outcome",
  "metrics.recovery_fact",
  "metrics.lead_time_fact",
  "metrics.lead_time_stage",
  "metrics.waiting_change",
  "correlation.incident_link",
  "model.deployment",
  "model.change",
  "model.change_review",
  "model.incident",
  "model.release",
] as const;

/** The bank collected from exports, or from events. */
export async function acme(way: "exports" | "events", scale: number): Promise<Warehouse> {
  const folder = await mkdtemp(join(tmpdir(), `acme-${way}-`));
  try {
    const config = way === "events" ? "events.yaml" : "quarterdeck.yaml";
    await copyFile(join(packageRoot, "examples/acme", config), join(folder, "quarterdeck.yaml"));
    await generateAcme(join(folder, "data"), { scale, events: way === "events" });
    return await collected(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function collected(folder: string): Promise<Warehouse> {
  const effects = { ...recordedEffects(folder), now: () => new Date(ACME_AS_OF) };
  const loaded = await loadConfig(join(folder, "quarterdeck.yaml"), effects);
  const warehouse = await openWarehouse(":memory:", { mode: "write" });
  const { streams } = await collect(warehouse, loaded, effects, { version: "test" });
  const failed = streams.filter(({ status }) => status !== "completed");
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  await buildModel(warehouse, {
    document: configDocument(loaded.config),
    variables: queryParameters(loaded.config, ACME_AS_OF),
    without: ["expectations", "reports", "publish"],
  });
  return warehouse;
}

/** All rows of a relation in a total order. */
export const allRows = (warehouse: Warehouse, relation: string) =>
  warehouse.rows(`select * from ${relation} order by all`);
