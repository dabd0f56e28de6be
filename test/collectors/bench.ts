import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Collector } from "../../collectors/contract.ts";
import { type HttpEffects, realEffects } from "../../collectors/http/effects.ts";
import { reportLines, type RunReport } from "../../src/collect/report.ts";
import { collect, type CollectOptions } from "../../src/collect/run.ts";
import { configDocument } from "../../src/config/document.ts";
import { loadConfig, type LoadedConfig } from "../../src/config/load.ts";
import type { Effects } from "../../src/effects.ts";
import { buildModel } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import type { Layer } from "../../src/warehouse/query-file.ts";
import { recordedEffects } from "../cli/effects.ts";
import type { AtEnd } from "../soak/scenario.ts";

/** Notes the seconds that the client would have slept. */
export const noWaiting = (waits: number[] = []): HttpEffects => ({
  fetch: realEffects.fetch,
  sleep: (seconds) => {
    waits.push(seconds);
    return Promise.resolve();
  },
});

type CollectorWith = (effects: HttpEffects) => Collector;

/** A source, and where it is read. */
interface Configured {
  readonly loaded: LoadedConfig;
  readonly effects: Effects;
}

/** A database in memory into which a source is collected again and again. */
export class Bench implements Configured {
  readonly warehouse: Warehouse;
  readonly loaded: LoadedConfig;
  readonly effects: Effects;
  /** Seconds that the client would have slept. */
  readonly waits: number[] = [];
  readonly #collectorWith: CollectorWith;

  constructor(warehouse: Warehouse, { loaded, effects }: Configured, collectorWith: CollectorWith) {
    this.warehouse = warehouse;
    this.loaded = loaded;
    this.effects = effects;
    this.#collectorWith = collectorWith;
  }

  /** The same database, into which another source of the same kind is collected. */
  configuredAs(source: Configured): Bench {
    return new Bench(this.warehouse, source, this.#collectorWith);
  }

  /** The same, so many seconds later. */
  later(seconds: number): Bench {
    const now = new Date(this.effects.now().getTime() + seconds * 1000);
    return this.withClock(() => now);
  }

  /** The same by another clock. */
  withClock(now: () => Date): Bench {
    return this.configuredAs({ loaded: this.loaded, effects: { ...this.effects, now } });
  }

  collect(limits: Pick<CollectOptions, "maxPoints"> = {}): Promise<RunReport> {
    const collector = this.#collectorWith(noWaiting(this.waits));
    return collect(this.warehouse, this.loaded, this.effects, {
      version: "test",
      ...limits,
      collectorOf: () => Promise.resolve(collector),
    });
  }

  async model(asOf: string, without: readonly Layer[] = ["controls", "reports", "publish"]): Promise<void> {
    const { config } = this.loaded;
    await buildModel(this.warehouse, {
      document: configDocument(config),
      variables: queryParameters(config, asOf),
      without,
    });
  }

  /** Everything that is stored and current, as text. */
  async current(): Promise<string[]> {
    const rows = await this.warehouse.rows<{ line: string }>(
      "select stream || ' ' || key || ' ' || payload::varchar as line from raw.current order by line",
    );
    return rows.map(({ line }) => line);
  }
}

export const outcomes = (report: RunReport) =>
  report.streams.map(({ stream, status }) => `${stream} ${status}`);
export const failed = (report: RunReport) =>
  report.streams.filter(({ status }) => status !== "completed").map(({ stream }) => stream);
export const said = (report: RunReport) => reportLines(report).join("\n");

const afterTest: AtEnd = (undo) =>
  onTestFinished(async () => {
    await undo();
  });

interface Addressed {
  readonly url: string;
}

/** What one vendor's tests need; `Asked` is what a collector must know of the fake that it asks. */
interface SourceUnderTest<Options, Fake, Asked> {
  /** Name of the source in quarterdeck.yaml. */
  readonly name: string;
  readonly start: (options: Options) => Promise<Fake>;
  readonly collectorWith: (effects: HttpEffects, fake: Asked) => Collector;
  readonly env: Readonly<Record<string, string>>;
  /** The source; options are its own keys. */
  readonly source: (url: string, options: object | undefined) => object;
  /** The other keys of quarterdeck.yaml. */
  readonly company: string;
}

/** A vendor's fake, a folder that is configured for it, and a bench on which it is collected; gone after the test, where nothing is said. */
export function benchOf<
  Options,
  Fake extends Addressed & { close(): Promise<void> },
  Asked extends Addressed,
>(vendor: SourceUnderTest<Options, Fake, Asked>) {
  async function serve(options: Options, atEnd = afterTest): Promise<Fake> {
    const fake = await vendor.start(options);
    atEnd(() => fake.close());
    return fake;
  }

  function configured({ url }: Addressed, options?: object, company = vendor.company, atEnd = afterTest) {
    const folder = mkdtempSync(join(tmpdir(), `quarterdeck-${vendor.name}-`));
    atEnd(() => rmSync(folder, { recursive: true, force: true }));
    const source = JSON.stringify(vendor.source(url, options));
    writeFileSync(
      join(folder, "quarterdeck.yaml"),
      `organisation: Acme\n${company}\nsources:\n  ${vendor.name}: ${source}\n`,
    );
    return { folder, effects: { ...recordedEffects(folder), env: vendor.env } };
  }

  async function bench(fake: Asked, options?: object, company?: string, atEnd = afterTest): Promise<Bench> {
    const { effects } = configured(fake, options, company, atEnd);
    const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
    atEnd(() => warehouse.close());
    const loaded = await loadConfig(undefined, effects);
    return new Bench(warehouse, { loaded, effects }, (http) => vendor.collectorWith(http, fake));
  }

  return { serve, configured, bench };
}
