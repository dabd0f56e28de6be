import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Delivery } from "../../fakes/github/webhooks/deliveries.ts";
import type { Bench } from "../bench.ts";
import { bench } from "./support.ts";

export const DELIVERIES = { paths: ["deliveries.ndjson"] };

/** A line as a receiver writes it. */
export const line = ({ event, id, payload, deliveredAt }: Delivery): string =>
  `${JSON.stringify({ headers: { "X-GitHub-Event": event, "X-GitHub-Delivery": id }, received_at: deliveredAt, payload })}\n`;

export const write = (one: Bench, text: string, file = "deliveries.ndjson") =>
  writeFileSync(join(one.loaded.directory, file), text);

/** A source of which everything comes from deliveries. */
export const deliveredBench = (options: object = {}, more?: string) =>
  bench({ url: "https://api.github.com" }, { token: undefined, organisations: [], deliveries: DELIVERIES, ...options }, more);
