import type { Check, CheckContext } from "../contract.ts";
import { counted } from "../reading/words.ts";
import { trustedKeys } from "./keys.ts";
import { checkFiles } from "../reading/check.ts";
import type { EvidenceConfig } from "./config.ts";
import { findFiles } from "./find.ts";

/** Whether the files are there and can be read, and the keys are keys. */
export async function* check(config: EvidenceConfig, context: CheckContext): AsyncGenerator<Check> {
  yield* checkFiles(await findFiles(config, context.baseDirectory), "evidence", context);
  const keys = trustedKeys(config.keys, context.baseDirectory);
  if (keys.length > 0)
    yield { status: "ok", subject: "keys", message: `${counted(keys.length, "public key")} can be read` };
}
