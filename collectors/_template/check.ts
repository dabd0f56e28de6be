import type { Check } from "../contract.ts";
import { firstPage, getPage } from "./client.ts";
import type { ExampleConfig } from "./config.ts";

/** Asks for one page: does the address answer, is the token accepted? What goes wrong is a SourceError, which says so. */
export async function* check(config: ExampleConfig): AsyncGenerator<Check> {
  const { total } = await getPage(config, firstPage(config, "deployments", undefined));
  const found = total === undefined ? "answers" : `answers, and has ${total} deployments`;
  yield { status: "ok", subject: config.url, message: `${found}; the token is accepted` };
}
