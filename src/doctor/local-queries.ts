import { localQueriesOf } from "../cli/session.ts";
import type { LoadedConfig } from "../config/load.ts";
import { KnownError } from "../errors.ts";
import { inOrder } from "../warehouse/dependencies.ts";
import { queryFiles } from "../warehouse/model.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { placeOf, type QueryFile } from "../warehouse/query-file.ts";
import { type Finding, inSection } from "./finding.ts";

const { ok, warning, problem } = inSection("configuration");

/** The user's own queries: each can be read, is one SELECT, and reads what there is. */
export async function queryFindings(loaded: LoadedConfig): Promise<Finding[]> {
  try {
    const folder = localQueriesOf(loaded);
    const product = new Set(queryFiles().map(({ relation }) => relation));
    const files = queryFiles(folder);
    await checkOrder(files);
    return files
      .filter(({ isLocal }) => isLocal)
      .map((file) => ruleFinding(file, product.has(file.relation)));
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return [
      problem(
        loaded.config.queries,
        error.message,
        "correct or remove the file: until then nothing can be computed",
      ),
    ];
  }
}

async function checkOrder(files: readonly QueryFile[]): Promise<void> {
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  try {
    await inOrder(warehouse, files);
  } finally {
    warehouse.close();
  }
}

function ruleFinding(file: QueryFile, replaces: boolean): Finding {
  const said = `${replaces ? "replaces" : "adds"} ${file.relation}, SHA-256 ${file.sha256.slice(0, 12)}`;
  return replaces
    ? warning(
        placeOf(file),
        said,
        "none needed if it is meant: what it touches is marked as a local rule wherever it appears",
      )
    : ok(placeOf(file), said);
}
