import { configDocument } from "../../src/config/document.ts";
import { loadConfig } from "../../src/config/load.ts";
import { realEffects } from "../../src/effects.ts";
import { buildModel } from "../../src/warehouse/model.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import { LAYERS } from "../../src/warehouse/query-file.ts";

/** A process of its own: builds the model of a database and prints a hash of every table, order included. */
const [folder = "", database = "", asOf = "", threads = "1"] = process.argv.slice(2);
const { config } = await loadConfig(folder, realEffects);
const warehouse = await openWarehouse(database, { mode: "write", threads: Number(threads) });
await buildModel(warehouse, { document: configDocument(config), variables: queryParameters(config, asOf) });
const tables = await warehouse.rows<{ relation: string }>(
  "select schema_name || '.' || table_name as relation, schema_name as layer from duckdb_tables() order by relation",
);
const hashes: Record<string, unknown> = {};
for (const { relation } of tables.filter((table) => LAYERS.some((layer) => table.relation.startsWith(`${layer}.`)))) {
  const [row] = await warehouse.rows<{ hash: string }>(
    `select count(*) || ' ' || coalesce(md5(string_agg(t::varchar, chr(10) order by t.rowid)), '') as hash from ${relation} as t`,
  );
  hashes[relation] = row?.hash;
}
warehouse.close();
process.stdout.write(JSON.stringify(hashes));
