import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/package-root.ts";

/** A query of packs, which asks the database as it is and makes no table of the model. */
export const sqlOf = (name: string): string =>
  readFileSync(join(packageRoot, "src/warehouse/sql", `${name}.sql`), "utf8");
