import type { RawRecord, RejectedRow } from "../contract.ts";
import type { FoundFile } from "./find.ts";
import { readRows } from "./formats/index.ts";
import type { SourceRow } from "./formats/rows.ts";
import type { KeyRegister } from "../reading/keys.ts";
import { Mapping } from "./mapping.ts";
import { shortened } from "../reading/words.ts";

/** What came of the rows of one file. */
export interface Reading {
  readonly records: RawRecord[];
  readonly rejected: RejectedRow[];
  /** Rows that say again, word for word, what an earlier row said. */
  repeated: number;
  /** True when a record may be missing that the file was meant to hold. */
  hasUnreadable: boolean;
  readonly warnings: string[];
}

/**
 * Reads a file through every mapping that the configuration has for it. Of a file that turns out to be
 * broken, the keys are forgotten too.
 * @throws {FileProblem} when nothing of it may be taken in
 */
export async function readFile(file: FoundFile, bytes: Buffer, keys: KeyRegister): Promise<Reading> {
  const reading: Reading = { records: [], rejected: [], repeated: 0, hasUnreadable: false, warnings: [] };
  try {
    for (const entry of file.entries) {
      const mapping = new Mapping(entry);
      await readRows(file, bytes, entry, {
        names: (names, areAll, line = 1) => reading.warnings.push(...mapping.checkNames(names, areAll, line)),
        row: (row) => take(row, mapping.read(row, file.path), file.path, reading, keys),
      });
      reading.warnings.push(...mapping.checkRead());
    }
  } catch (error) {
    for (const { key } of reading.records) keys.forget(key);
    throw error;
  }
  return reading;
}

function take(
  row: SourceRow,
  result: RawRecord | RejectedRow,
  file: string,
  reading: Reading,
  keys: KeyRegister,
): void {
  if (!("key" in result)) {
    reading.hasUnreadable = true;
    reading.rejected.push(result);
    return;
  }
  const known = keys.add(result, `${file}:${row.line}`);
  if (known === undefined) reading.records.push(result);
  else if (known.isIdentical) reading.repeated += 1;
  else {
    const reason = `duplicate key, first seen at ${known.firstSeen} with other values`;
    reading.rejected.push({ file, line: row.line, reason, text: shortened(row.text()) });
  }
}
