import type { Json } from "../../collectors/contract.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import type { PackFile } from "../pack-folder.ts";
import { guarded } from "./guard.ts";
import { Redactions } from "./redactions.ts";

export interface ConfigFile {
  readonly file: PackFile;
  readonly redactions: Redactions;
}

/** The configuration as used. Its secrets stand in variables and never reach the database; what looks like one is struck out all the same. */
export async function configFile(warehouse: Warehouse, hasPseudonyms: boolean): Promise<ConfigFile> {
  const redactions = new Redactions();
  const [row] = await warehouse.rows<{ document: string }>(
    "select document::varchar as document from raw.configuration",
  );
  const document = row?.document ?? "{}";
  const text = await guarded([document], (_, field, rule) =>
    redactions.struck("quarterdeck.yaml", "configuration", "", field, rule),
  );
  // As it is in the database where nothing was struck out: its hash is the one on the cover.
  const content = redactions.isEmpty ? document : `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  if (hasPseudonyms) redactions.pseudonymised("quarterdeck.yaml", "configuration", "", JSON.parse(text) as Json);
  return {
    file: { path: "config/quarterdeck.json", content: new TextEncoder().encode(content) },
    redactions,
  };
}
