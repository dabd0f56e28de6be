import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import type { Warehouse } from "../../warehouse/open.ts";
import { csvFrame, jsonFrame, linesStatement, type Frame, type JsonHead } from "./copy.ts";
import type { PublishedTable } from "./published-table.ts";

/** The files of a part, by where they are put. */
export interface PartFiles {
  readonly part: string;
  readonly rows: number;
  readonly csv: string;
  readonly json: string;
}

export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string;
}

type About = Pick<JsonHead, "version" | "as_of">;

/**
 * Writes the files of all parts of a table while it is read once: a statement for each file would read the whole table as often as there are
 * services. The bytes are those that DuckDB itself would write.
 * @returns what was written, by file
 */
export async function writePartFiles(
  warehouse: Warehouse,
  table: PublishedTable,
  parts: readonly PartFiles[],
  about: About,
): Promise<ReadonlyMap<string, WrittenFile>> {
  if (parts.length === 0) return new Map();
  const waiting = new Map(parts.map((files) => [files.part, files]));
  const written = new Map<string, WrittenFile>();
  const begin = (files: PartFiles) => {
    waiting.delete(files.part);
    const head = { ...about, parts: [files.part], rows: files.rows };
    return { part: files.part, csv: new Lines(files.csv, csvFrame(table, head)), json: new Lines(files.json, jsonFrame(table, head)) };
  };
  const end = (open: Open | undefined) => {
    for (const lines of open ? [open.csv, open.json] : []) written.set(lines.path, lines.end());
  };
  let open: Open | undefined;
  for await (const [part, csv, json] of rowsOf(warehouse, table)) {
    if (open?.part !== part) {
      end(open);
      const files = waiting.get(part);
      open = files && begin(files);
    }
    open?.csv.add(csv);
    open?.json.add(json);
  }
  end(open);
  for (const files of waiting.values()) end(begin(files));
  return written;
}

interface Open {
  readonly part: string;
  readonly csv: Lines;
  readonly json: Lines;
}

async function* rowsOf(warehouse: Warehouse, table: PublishedTable): AsyncGenerator<[part: string, csv: string, json: string]> {
  const result = await warehouse.connection.stream(linesStatement(table));
  for await (const rows of result.yieldRowsJs()) yield* rows as [string, string, string][];
}

/** So many characters are kept before they are written. */
const ENOUGH = 1 << 20;

/** A file that is written line by line. */
class Lines {
  readonly path: string;
  readonly #frame: Frame;
  readonly #file: number;
  readonly #hash = createHash("sha256");
  #waiting: string;
  #between = "";
  #bytes = 0;

  constructor(path: string, frame: Frame) {
    this.path = path;
    this.#frame = frame;
    this.#waiting = frame.before;
    this.#file = openSync(path, "w");
  }

  add(line: string): void {
    this.#waiting += this.#between + line;
    this.#between = this.#frame.between;
    if (this.#waiting.length > ENOUGH) this.#write();
  }

  end(): WrittenFile {
    this.#waiting += this.#frame.after;
    this.#write();
    closeSync(this.#file);
    return { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }

  #write(): void {
    const bytes = Buffer.from(this.#waiting);
    this.#waiting = "";
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
  }
}
