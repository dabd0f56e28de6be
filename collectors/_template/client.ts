import { z } from "zod";
import { SourceError } from "../../src/errors.ts";
import { token } from "../http/authorization.ts";
import { HttpClient } from "../http/client.ts";
import type { HttpEffects } from "../http/effects.ts";
import type { ExampleConfig } from "./config.ts";

/** What a record must have. More may come, and is handed on as it is. */
const item = z.looseObject({ id: z.string(), updated_at: z.iso.datetime({ offset: true }) });

const page = z.looseObject({
  items: z.array(item),
  next: z.string().nullish(),
  total: z.int().nullish(),
});

export type Item = z.output<typeof item>;
export type ItemPage = z.output<typeof page>;

/** Asks, waits and tries again; the token goes to the configured origin only, on redirects and `next` links too. */
export const clientOf = (config: ExampleConfig, effects?: HttpEffects): HttpClient =>
  new HttpClient(
    { source: "example", vendor: "Example", url: config.url, authorization: token(config.token) },
    effects,
  );

/**
 * The first page of everything that was updated at or after an instant, oldest update first; or a page that another named.
 * @throws {SourceError}
 */
export async function getPage(client: HttpClient, place: string | URL, since?: string): Promise<ItemPage> {
  const parameters = typeof place === "string" ? { order: "updated_at", updated_since: since } : {};
  const { body } = await client.get(place, parameters);
  const { data, error } = page.safeParse(body);
  if (data) return data;
  throw new SourceError(
    "example",
    "schema",
    `${String(place)}: expected a page of records: ${z.prettifyError(error)}`,
  );
}
