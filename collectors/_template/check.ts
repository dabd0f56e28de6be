import type { Check } from "../contract.ts";
import { clientOf, getPage } from "./client.ts";
import type { ExampleConfig } from "./config.ts";

/** Asks for one page: does the address answer, is the token accepted? What goes wrong is a SourceError, which says so. */
export async function* check(config: ExampleConfig): AsyncGenerator<Check> {
  const { total } = await getPage(clientOf(config), "/api/deployments");
  const found = typeof total === "number" ? `answers, and has ${total} deployments` : "answers";
  yield { status: "ok", subject: config.url, message: `${found}; the token is accepted` };
}
