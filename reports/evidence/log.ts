import type { Warehouse } from "../../src/warehouse/open.ts";
import { EVIDENCE_LOG_HEAD } from "../folder/files.ts";
import type { PackFile } from "../pack-folder.ts";
import { guarded } from "./guard.ts";
import { Bytes, rowsOf } from "./rows.ts";
import { sqlOf } from "./sql.ts";

interface LineRow {
  readonly line: string;
}

/**
 * The chain from collection on: a line per batch with its hash, the chain's before it and the chain's with it. The hashes stand
 * first, so that a loop of the shell finds them whatever a source is called.
 */
export async function chainLog(warehouse: Warehouse): Promise<PackFile> {
  const bytes = new Bytes();
  for await (const rows of rowsOf<LineRow>(warehouse, sqlOf("evidence_log"))) bytes.add(joined(rows));
  return { path: CHAIN_FILE, content: bytes.whole(), isOutsideManifest: true };
}

const LAST_CHAIN = /"chain_sha256":"([0-9a-f]{64})"/;

/** How many lines the chain has and with which hash it ends: one from which lines are cut at the end is chained well, too. */
export function chainHead({ content }: PackFile): PackFile {
  const lines = Buffer.from(content).toString("utf8").split("\n").slice(0, -1);
  const [, head = ""] = LAST_CHAIN.exec(lines.at(-1) ?? "") ?? [];
  return {
    path: EVIDENCE_LOG_HEAD,
    content: new TextEncoder().encode(`${lines.length} ${head}\n`),
    isOutsideManifest: true,
  };
}

/** How the records came; of a pack that has not all, when each stream was last read. What controls ask of it (what was read to its end, what was rejected) cannot be told from records. */
export async function collectionFacts(warehouse: Warehouse, isWhole: boolean): Promise<PackFile> {
  const bytes = new Bytes();
  const nothing = () => undefined;
  for await (const rows of rowsOf<LineRow>(warehouse, sqlOf("collection_facts"), [isWhole])) {
    bytes.add(
      await guarded(
        rows.map(({ line }) => line),
        nothing,
      ),
    );
  }
  return { path: COLLECTION_FILE, content: bytes.whole(), isOutsideManifest: true };
}

const SEALED = "batch,ordinal,version,is_deleted,updated_at_us,sha256\n";

/** Which record each batch sealed, of all or of those that the pack has: with the chain, it tells down to the record what was collected when. */
export async function sealedRecords(warehouse: Warehouse, isWhole: boolean): Promise<PackFile> {
  const bytes = new Bytes();
  bytes.add(SEALED);
  for await (const rows of rowsOf<LineRow>(warehouse, sqlOf(isWhole ? "sealed_records" : "sealed_closed"))) bytes.add(joined(rows));
  return { path: SEALED_FILE, content: bytes.whole(), isOutsideManifest: true };
}

export const SEALED_FILE = "evidence/sealed.csv";
export const COLLECTION_FILE = "evidence/collection.jsonl";
export const CHAIN_FILE = "evidence-log.jsonl";

const joined = (rows: readonly LineRow[]) => rows.map(({ line }) => `${line}\n`).join("");
