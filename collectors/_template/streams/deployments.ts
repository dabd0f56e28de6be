import type { Json, Page, Stream } from "../../contract.ts";
import { firstPage, getPage } from "../client.ts";
import type { ExampleConfig } from "../config.ts";

/** How far back each run looks again: updates that became visible late are found there. */
const LAG = 2 * 86_400_000;

/** Deployments by time of update, so that one that finishes after it was first read is read again. */
export const deployments: Stream<ExampleConfig> = {
  name: "deployment",
  async *pages(config, cursor, context): AsyncGenerator<Page> {
    let newest = cursorOf(cursor);
    let address: URL | undefined = firstPage(config, "deployments", since(newest));
    while (address !== undefined) {
      context.usage.calls += 1;
      const { items, next, total } = await getPage(config, address);
      newest = items.reduce((latest, { updated_at }) => (updated_at > latest ? updated_at : latest), newest);
      yield {
        records: items.map((item) => ({ key: item.id, updatedAt: item.updated_at, payload: item })),
        cursor: newest,
        ...(total === undefined ? {} : { declaredTotal: total }),
      };
      context.report(`deployments up to ${newest}`);
      address = next;
    }
  },
};

const cursorOf = (cursor: Json | undefined): string => (typeof cursor === "string" ? cursor : "");

const since = (newest: string): string | undefined =>
  newest === "" ? undefined : new Date(Date.parse(newest) - LAG).toISOString();
