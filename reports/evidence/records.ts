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
  /** Whether the source still has records of it. */
  readonly is_held: boolean;
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
  /** Why what it said was erased; null = it was not. */
  readonly erased: string | null;
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
}

/** What the sources say now, a file for each stream, in the order of its keys. */
export async function recordFiles(
  warehouse: Warehouse,
  streams: readonly EvidenceStream[],
  listsOf: AllowLists,
  chosen: Chosen,
  hasPseudonyms: boolean,
): Promise<RecordFiles> {
  const files: PackFile[] = [];
  const index: IndexEntry[] = [];
  const redactions = new Redactions();
  for (const stream of streams.filter(({ is_held }) => is_held)) {
    const keys = chosen(stream);
    if (keys?.length === 0) continue;
    const bytes = new Bytes();
    const records = await write(
      warehouse,
      "records",
      { stream, list: listsOf(stream), keys, redactions, hasPseudonyms },
      bytes,
    );
    const file = recordFile(stream);
    files.push({ path: file, content: bytes.whole() });
    const { source, collector, stream: name } = stream;
    index.push({ source, collector, stream: name, file, records, is_whole: keys === undefined });
  }
  return { files, index, redactions };
}

/**
 * What they said before: versions that were replaced, and deletions. One file, there also where there is nothing to tell: how often
 * a record was fetched is no fact of what its source says, and must not show in which files a pack has.
 */
export async function earlierRecords(
  warehouse: Warehouse,
  streams: readonly EvidenceStream[],
  listsOf: AllowLists,
  chosen: Chosen,
  hasPseudonyms: boolean,
): Promise<PackFile[]> {
  const bytes = new Bytes();
  const redactions = new Redactions();
  for (const stream of streams) {
    const keys = chosen(stream);
    if (keys?.length !== 0)
      await write(
        warehouse,
        "earlier_records",
        { stream, list: listsOf(stream), keys, redactions, hasPseudonyms },
        bytes,
      );
  }
  return [
    { path: EARLIER_FILE, content: bytes.whole(), isOutsideManifest: true },
    {
      path: "evidence/redactions-earlier.csv",
      content: new TextEncoder().encode(redactions.csv()),
      isOutsideManifest: true,
    },
  ];
}

export const EARLIER_FILE = "evidence/earlier.jsonl";

/** Files of evidence that are of no source have these names. */
const TAKEN = new Set([
  "index.json",
  "digests.txt",
  "redactions.csv",
  "redactions-earlier.csv",
  "collection.jsonl",
  "earlier.jsonl",
  "sealed.csv",
]);

export function folderOf({ source }: Pick<EvidenceStream, "source">): string {
  const name = safeName(source);
  return `evidence/${TAKEN.has(name.toLowerCase()) ? safeName(`${source}/`) : name}`;
}

/** Where the records of a stream are. */
export const recordFile = (of: Pick<EvidenceStream, "source" | "stream">): string =>
  `${folderOf(of)}/${safeName(of.stream)}.jsonl`;

interface Reading {
  readonly stream: EvidenceStream;
  readonly list: AllowList;
  readonly keys: readonly string[] | undefined;
  readonly redactions: Redactions;
  readonly hasPseudonyms: boolean;
}

/** Characters that are looked at together: enough that looking costs little. */
const BLOCK = 1_000_000;

/** Returns how many there are. */
async function write(
  warehouse: Warehouse,
  query: "records" | "earlier_records",
  reading: Reading,
  bytes: Bytes,
): Promise<number> {
  const { source, stream } = reading.stream;
  let waiting: string[] = [];
  let size = 0;
  let records = 0;
  const flush = async () => {
    bytes.add(
      await guarded(waiting, (key, field, rule) =>
        reading.redactions.struck(source, stream, key, field, rule),
      ),
    );
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
  return records;
}

/** The payload last, and as it is in the database where nothing was left out: so its hash can be computed anew. */
function lineOf(
  { key, version, is_deleted, updated_at, sha256, payload, erased }: RecordRow,
  reading: Reading,
  isEarlier: boolean,
): string {
  const said = payload === null ? { text: "null", isReduced: false } : without(payload, key, reading);
  const { source, stream } = reading.stream;
  const of = isEarlier ? { source, stream, version, is_deleted, ...(erased === null ? {} : { erased }) } : {};
  const head = { ...of, key, updated_at, sha256, ...(said.isReduced ? { reduced: true } : {}) };
  return `${JSON.stringify(head).slice(0, -1)},"payload":${said.text}}`;
}

function without(
  payload: string,
  key: string,
  { stream: { source, stream }, list, redactions, hasPseudonyms }: Reading,
): { text: string; isReduced: boolean } {
  const left = new Set<string>();
  const rest = reduced(JSON.parse(payload) as Json, list, (path) => left.add(path));
  if (hasPseudonyms) redactions.pseudonymised(source, stream, key, rest);
  left.forEach((path) => redactions.left(source, stream, path));
  return left.size === 0
    ? { text: payload, isReduced: false }
    : { text: JSON.stringify(rest), isReduced: true };
}
