import { configDocument } from "../src/config/document.ts";
import { configSchema } from "../src/config/schema.ts";
import { buildModel } from "../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../src/warehouse/open.ts";
import { queryParameters } from "../src/warehouse/parameters.ts";

/** What can be told from a database with every table and no data. */
export async function fromEmptyModel<T>(tell: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openWarehouse(":memory:", { mode: "write" });
  try {
    const config = configSchema.parse({ organisation: "None" });
    await buildModel(warehouse, {
      document: configDocument(config),
      variables: queryParameters(config, "2026-01-01T00:00:00Z"),
    });
    return await tell(warehouse);
  } finally {
    warehouse.close();
  }
}
