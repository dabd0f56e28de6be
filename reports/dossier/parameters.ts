import type { Warehouse } from "../../src/warehouse/open.ts";

/** Sets what the queries of dossiers read with `getvariable`: deployments or change requests, in the order in which they are to stand. */
export async function setDossiers(warehouse: Warehouse, units: readonly string[]): Promise<void> {
  await warehouse.run(`set variable dossier_units = from_json(?::json, '["VARCHAR"]')`, [
    JSON.stringify(units),
  ]);
}
