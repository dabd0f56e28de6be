import { buildModel, queryFiles } from "../src/warehouse/model.ts";
import { inOrder, neededFor } from "../src/warehouse/dependencies.ts";
import { openWarehouse, type Warehouse } from "../src/warehouse/open.ts";
import { LAYERS, type Layer } from "../src/warehouse/query-file.ts";
import { costOf, metered, peakGigabytes, total, type Cost } from "./costs.ts";
import type { Options } from "./options.ts";
import { report } from "./report.ts";
import { withCompany } from "./sizes.ts";

/** Builds the tables of these layers, and what they are made from, of raw records in one transaction, as the product does; left out = all. Says what each layer and the slowest queries cost. */
export async function pipeline(what: string, size: string, options: Options, layers: readonly Layer[] = LAYERS): Promise<void> {
  await withCompany(size, options, async ({ path, input }) => {
    const warehouse = await openWarehouse(path, { mode: "write", memoryLimit: options.memory, threads: options.threads });
    try {
      // A database that is kept may have been measured before.
      await warehouse.run("delete from raw.model_build");
      const only = queryFiles().flatMap(({ layer, relation }) => (layers.includes(layer) ? [relation] : []));
      const costs: Cost[] = [];
      const whole = await costOf("the whole transaction", () => buildModel(metered(warehouse, costs), { ...input, only }));
      const slowest = costs.toSorted((a, b) => b.processor - a.processor).slice(0, options.slowest);
      report({ what, size, costs: [whole, ...(await stages(warehouse, costs)), ...slowest], figures: { relations: costs.length, peak_gb: peakGigabytes() } }, options);
    } finally {
      warehouse.close();
    }
  });
}

/** By layer, and up to where each goal goes: metrics need links of incidents too. */
async function stages(warehouse: Warehouse, costs: readonly Cost[]): Promise<Cost[]> {
  const ordered = await inOrder(warehouse, queryFiles());
  const upTo = (layers: readonly Layer[]) => {
    const needed = neededFor(ordered.files.flatMap(({ layer, relation }) => (layers.includes(layer) ? [relation] : [])), ordered);
    return total(`up to ${layers.join(", ")}`, costs.filter(({ name }) => needed.has(name)));
  };
  const made = (layer: Layer) => costs.filter(({ name }) => name.startsWith(`${layer}.`));
  const byLayer = LAYERS.filter((layer) => made(layer).length > 0).map((layer) => total(layer, made(layer)));
  return [upTo(["metrics"]), upTo(["metrics", "correlation", "controls"]), ...byLayer];
}
