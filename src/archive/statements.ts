import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import { literal } from "../warehouse/literal.ts";

/** A statement of `src/archive/sql/`. */
export const statement = (name: string): string =>
  readFileSync(join(packageRoot, "src/archive/sql", `${name}.sql`), "utf8");

/** A file of an archive as SQL reads it. */
export const reading = (folder: string, file: string): string =>
  `read_parquet(${literal(join(folder, file))})`;
