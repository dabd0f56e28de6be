import type { Check, CheckContext } from "../contract.ts";
import { checkFiles } from "../reading/check.ts";
import type { EvidenceConfig } from "./config.ts";
import { findFiles } from "./find.ts";

/** Whether the files are there and can be read. */
export async function* check(config: EvidenceConfig, context: CheckContext): AsyncGenerator<Check> {
  yield* checkFiles(await findFiles(config, context.baseDirectory), "evidence", context);
}
