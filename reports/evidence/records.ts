import type { Json } from "../../collectors/contract.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import type { PackFile } from "../pack-folder.ts";
import { safeName } from "../safe-name.ts";
import { reduced, type AllowList, type AllowLists } from "./fields.ts";
import { guarded } from "./guard.ts";
import { Redactions } from "./redactions.ts";
import { Bytes, rowsOf } from "./rows.ts";
import { sqlOf } from "./sql.ts";

/** A stream of a source of quarterdeck.yaml that holds, or held, records. */
export interface EvidenceStream {
  readonly source: string;
  readonly collector: string;
  readonly stream: string;
  readonly options: string;
}

/** Keys of the records that go into a pack; left out = all of the stream. */
export type Chosen = (stream: EvidenceStream) => readonly string[] | undefined;

interface RecordRow {
  readonly key: string;
  readonly version: number;
  readonly is_deleted: boolean;
  readonly updated_at: string | null;
  readonly sha256: string;
  readonly payload: string | null;
}

/** As said in evidence/index.json: where the records of a stream are, and how many. */
export interface IndexEntry {
  readonly source: string;
  readonly collector: string;
  readonly stream: string;
  readonly file: string;
  readonly records: number;
  /** All that the source has, not only what the pack names. */
  readonly is_whole: boolean;
}

export interface RecordFiles {
  readonly files: readonly PackFile[];
  readonly index: readonly IndexEntry[];
  readonly redactions: Redactions;
  /** Of versions that were replaced: how often a record was fetched is no fact of what the source says now. */
  readonly earlierRedactions: Redactions;
}

/** Records of all streams, each file in the order of its keys. */
export async function recordFiles(
  warehouse: Warehouse,
  streams: readonly EvidenceStream[],
  listsOf: AllowLists,
  chosen: Chosen,
): Promise<RecordFiles> {
  const files: PackFile[] = [];
  const index: IndexEntry[] = [];
  const [redactions, earlierRedactions] = [new Redactions(), new Redactions()];
  for (const stream of streams) {
    const keys = chosen(stream);
    if (keys?.length === 0) continue;
    const list = listsOf(stream);
    const read = { stream, list, keys };
    const file = `${folderOf(stream)}/${safeName(stream.stream)}`;
    const current = await written(warehouse, "records", { ...read, redactions });
    const { source, collector, stream: name } = stream;
    files.push({ path: `${file}.jsonl`, content: current.content });
    index.push({ source, collector, stream: name, file: `${file}.jsonl`, records: current.records, is_whole: keys === undefined });
    const earlier = await written(warehouse, "earlier_records", { ...read, redactions: earlierRedactions });
    if (earlier.records > 0) files.push({ path: `${file}.earlier.jsonl`, content: earlier.content, isOutsideManifest: true });
  }
  return { files, index, redactions, earlierRedactions };
}

/** Files of evidence that are of no source have these names. */
const TAKEN = new Set(["index.json", "redactions.csv", "redactions-earlier.csv", "collection.jsonl"]);

export function folderOf({ source }: Pick<EvidenceStream, "source">): string {
  const name = safeName(source);
  return `evidence/${TAKEN.has(name.toLowerCase()) ? safeName(`${source}/`) : name}`;
}

interface Reading {
  readonly stream: EvidenceStream;
  readonly list: AllowList;
  readonly keys: readonly string[] | undefined;
  readonly redactions: Redactions;
}

/** Characters that are looked at together: enough that looking costs little. */
const BLOCK = 1_000_000;

async function written(warehouse: Warehouse, query: "records" | "earlier_records", reading: Reading): Promise<{ content: Uint8Array; records: number }> {
  const { source, stream } = reading.stream;
  const bytes = new Bytes();
  let waiting: string[] = [];
  let size = 0;
  let records = 0;
  const flush = async () => {
    bytes.add(await guarded(waiting, (key, field, rule) => reading.redactions.struck(source, stream, key, field, rule)));
    [waiting, size] = [[], 0];
  };
  const keys = reading.keys === undefined ? null : JSON.stringify(reading.keys);
  for await (const rows of rowsOf<RecordRow>(warehouse, sqlOf(query), [source, stream, keys])) {
    for (const row of rows) {
      const line = lineOf(row, reading, query === "earlier_records");
      waiting.push(line);
      size += line.length;
      records += 1;
      if (size > BLOCK) await flush();
    }
  }
  await flush();
  return { content: bytes.whole(), records };
}

/** The payload last, and as it is in the database where nothing was left out: so its hash can be computed anew. */
function lineOf({ key, version, is_deleted, updated_at, sha256, payload }: RecordRow, reading: Reading, isEarlier: boolean): string {
  const said = payload === null ? { text: "null", isReduced: false } : without(payload, reading);
  const head = { key, updated_at, sha256, ...(isEarlier ? { version, is_deleted } : {}), ...(said.isReduced ? { reduced: true } : {}) };
  return `${JSON.stringify(head).slice(0, -1)},"payload":${said.text}}`;
}

function without(payload: string, { stream: { source, stream }, list, redactions }: Reading): { text: string; isReduced: boolean } {
  const left = new Set<string>();
  const rest = reduced(JSON.parse(payload) as Json, list, (path) => left.add(path));
  left.forEach((path) => redactions.left(source, stream, path));
  return left.size === 0 ? { text: payload, isReduced: false } : { text: JSON.stringify(rest), isReduced: true };
}
