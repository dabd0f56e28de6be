import type { FileEntry } from "../config.ts";
import type { ReadableFile } from "../../reading/find.ts";
import { FileProblem } from "../../reading/problem.ts";
import { readCsv } from "./csv.ts";
import { readJson } from "./json.ts";
import { readNdjson } from "./ndjson.ts";
import { readParquet } from "./parquet.ts";
import type { RowVisitor } from "./rows.ts";
import { readYaml } from "./yaml.ts";

const BY_ENDING: readonly (readonly [ending: string, format: NonNullable<FileEntry["format"]>])[] = [
  [".csv", "csv"],
  [".tsv", "csv"],
  [".json", "json"],
  [".ndjson", "ndjson"],
  [".jsonl", "ndjson"],
  [".parquet", "parquet"],
  [".yaml", "yaml"],
  [".yml", "yaml"],
];

/**
 * Reads all rows of a file.
 * @throws {FileProblem} when nothing of it may be taken in
 */
export async function readRows(
  file: ReadableFile,
  bytes: Buffer,
  entry: FileEntry,
  visitor: RowVisitor,
): Promise<void> {
  const ending = file.path.toLowerCase();
  const format = entry.format ?? BY_ENDING.find(([known]) => ending.endsWith(known))?.[1];
  switch (format) {
    case "csv":
      readCsv(bytes, entry.delimiter ?? (ending.endsWith(".tsv") ? "\t" : ","), visitor);
      return;
    case "json":
      readJson(bytes, entry.records, visitor);
      return;
    case "ndjson":
      readNdjson(bytes, visitor);
      return;
    case "yaml":
      readYaml(bytes, entry.records, visitor);
      return;
    case "parquet":
      return readParquet(file.absolute, visitor);
    case undefined:
      throw new FileProblem(
        1,
        "expected a name that ends in .csv, .tsv, .json, .ndjson, .jsonl, .parquet, .yaml or .yml; set format",
      );
  }
}
