import { openWarehouse } from "../../src/warehouse/open.ts";

/** Tables of a database in which a text stands. Stored text is compressed: the bytes of the file alone prove little. */
export async function tablesWith(path: string, text: string): Promise<string[]> {
  const warehouse = await openWarehouse(path, { mode: "read" });
  const tables = await warehouse.rows<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE'",
  );
  const found: string[] = [];
  for (const { name } of tables)
    if ((await warehouse.rows(`select 1 from ${name} as t where contains(t::varchar, ?)`, [text])).length > 0)
      found.push(name);
  warehouse.close();
  return found;
}
