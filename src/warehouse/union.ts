import { createHash } from "node:crypto";
import type { Layer, QueryFile } from "./query-file.ts";

/** Columns with their types, in their order. */
export type Columns = Readonly<Record<string, string>>;

/** As a SELECT gives them, whatever type they have before. */
export const cast = (columns: Columns): string =>
  Object.entries(columns)
    .map(([column, type]) => `${column}::${type} as ${column}`)
    .join(", ");

/**
 * Relations of one form, one below the other. Which there are is told by the files that are in force, the user's own among them, so
 * that this one has no file. Of none it has the columns.
 */
export function unionOf(
  layer: Layer,
  name: string,
  header: { readonly title: string; readonly grain: string },
  selects: readonly string[],
  columns: Columns,
): QueryFile {
  const none = Object.entries(columns).map(([column, type]) => `null::${type} as ${column}`);
  const sql = selects.length > 0 ? selects.join("\nunion all\n") : `select ${none.join(", ")} where false`;
  return {
    relation: `${layer}.${name}`,
    layer,
    name,
    file: layer,
    header: { ...header, view: true },
    sql,
    line: 1,
    sha256: createHash("sha256").update(sql).digest("hex"),
    isLocal: false,
  };
}
