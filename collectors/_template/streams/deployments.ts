import type { Json, Page, Stream } from "../../contract.ts";
import type { HttpClient } from "../../http/client.ts";
import { getPage } from "../client.ts";
import type { ExampleConfig } from "../config.ts";

/** How far back each run looks again: updates that became visible late are found there. */
const LAG = 2 * 86_400_000;

/** Deployments by time of update, so that one that finishes after it was first read is read again. */
export const deploymentStream = (client: HttpClient): Stream<ExampleConfig> => ({
  name: "deployment",
  // Left out = it is not read where a stream before it failed.
  needs: [],
  async *pages({ url }, cursor, context): AsyncGenerator<Page> {
    client.reportTo(context);
    let newest = cursorOf(cursor);
    for (let place: string | URL | undefined = "/api/deployments"; place !== undefined;) {
      const { items, next, total } = await getPage(client, place, since(newest));
      newest = items.reduce((latest, { updated_at }) => (updated_at > latest ? updated_at : latest), newest);
      yield {
        records: items.map((item) => ({ key: item.id, updatedAt: item.updated_at, payload: item as Json })),
        cursor: newest,
        ...(typeof total === "number" ? { declaredTotal: total } : {}),
      };
      place = next ? new URL(next, url) : undefined;
    }
  },
});

const cursorOf = (cursor: Json | undefined): string => (typeof cursor === "string" ? cursor : "");

const since = (newest: string): string | undefined =>
  newest === "" ? undefined : new Date(Date.parse(newest) - LAG).toISOString();
