import type { Check, CheckContext } from "../contract.ts";
import { checkFiles } from "../reading/check.ts";
import type { FilesConfig } from "./config.ts";
import { findFiles } from "./find.ts";
import { entitiesOf } from "./plan.ts";

/** Whether the files of every entity are there and can be read. */
export async function* check(config: FilesConfig, context: CheckContext): AsyncGenerator<Check> {
  for (const entity of entitiesOf(config)) {
    const entries = config.files.filter((file) => file.entity === entity);
    yield* checkFiles(await findFiles(entries, context.baseDirectory), entity, context);
  }
}
