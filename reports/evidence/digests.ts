import type { Warehouse } from "../../src/warehouse/open.ts";
import type { PackFile } from "../pack-folder.ts";
import { sqlOf } from "./sql.ts";

/** What the digests of records and queries on the cover are made of, so that `sha256sum` of a file gives each of them. */
export async function digestFiles(warehouse: Warehouse): Promise<PackFile[]> {
  const rows = await warehouse.rows<{ path: string; text: string }>(sqlOf("pack_digests"));
  return rows.map(({ path, text }) => ({ path, content: new TextEncoder().encode(text) }));
}
