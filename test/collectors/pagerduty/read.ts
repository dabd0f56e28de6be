import { type Json, nothingAsked } from "../../../collectors/contract.ts";
import { realEffects } from "../../../collectors/http/effects.ts";
import { pagerdutyConfig } from "../../../collectors/pagerduty/config.ts";
import { pagerdutyWith } from "../../../collectors/pagerduty/index.ts";
import { DEMO_TOKEN, type FakePagerDuty } from "../../fakes/pagerduty/index.ts";

/** What streams handed on, without a database: for what is about many records. */
export class Reader {
  /** Stream -> key -> payload; what is deleted is gone. */
  readonly records = new Map<string, Map<string, Json>>();
  readonly #cursors = new Map<string, Json>();

  /** Reads on from where it stopped; returns how many requests that took. */
  async read(pagerduty: FakePagerDuty, options: object = {}): Promise<number> {
    const config = pagerdutyConfig.parse({
      collector: "pagerduty",
      url: pagerduty.url,
      token: "${TOKEN}",
      ...options,
    });
    config.token.resolve({ TOKEN: DEMO_TOKEN.token });
    const before = pagerduty.requests.length;
    const context = {
      baseDirectory: ".",
      report: () => undefined,
      warn: () => undefined,
      usage: nothingAsked(),
    };
    for (const stream of pagerdutyWith({ fetch: realEffects.fetch, sleep: () => Promise.resolve() }).streams(
      config,
    )) {
      for await (const page of stream.pages(config, this.#cursors.get(stream.name), context)) {
        for (const { key, payload } of page.records) this.#store(stream.name, key, payload);
        this.#cursors.set(stream.name, page.cursor);
      }
    }
    return pagerduty.requests.length - before;
  }

  of(stream: string): ReadonlyMap<string, Json> {
    return this.records.get(stream) ?? new Map<string, Json>();
  }

  #store(stream: string, key: string, payload: Json): void {
    const records = this.records.get(stream) ?? new Map<string, Json>();
    this.records.set(stream, records);
    if (payload === null) records.delete(key);
    else records.set(key, payload);
  }
}
