import type { Check, CheckContext } from "../../contract.ts";
import { checkFiles } from "../../reading/check.ts";
import type { Deliveries } from "../config.ts";
import { findDeliveries } from "./files.ts";

/** Whether the deliveries are there and can be read, and how old the newest is. */
export async function* checkDeliveries(deliveries: Deliveries, context: CheckContext): AsyncGenerator<Check> {
  yield* checkFiles(await findDeliveries(deliveries, context.baseDirectory), "delivery", context);
}
