import type { Check, CheckContext } from "../contract.ts";
import { checkFiles } from "../reading/check.ts";
import { findPaths } from "../reading/find.ts";
import type { EventsConfig } from "./config.ts";

/** Whether the files are there and can be read. */
export async function* check({ paths }: EventsConfig, context: CheckContext): AsyncGenerator<Check> {
  yield* checkFiles(await findPaths(paths, context.baseDirectory), "event", context);
}
