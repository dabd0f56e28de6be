import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { realEffects } from "../../../collectors/http/effects.ts";
import type { JiraEffects } from "../../../collectors/jira/client/jira.ts";
import { jiraWith } from "../../../collectors/jira/index.ts";
import { reportLines, type RunReport } from "../../../src/collect/report.ts";
import { collect } from "../../../src/collect/run.ts";
import { configDocument } from "../../../src/config/document.ts";
import { loadConfig, type LoadedConfig } from "../../../src/config/load.ts";
import type { Effects } from "../../../src/effects.ts";
import { buildModel } from "../../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { queryParameters } from "../../../src/warehouse/parameters.ts";
import type { Layer } from "../../../src/warehouse/query-file.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { ACME_FIELDS } from "../../fakes/jira/acme.ts";
import {
  DEMO_EMAIL,
  DEMO_TOKEN,
  type FakeJira,
  type FakeOptions,
  startFakeJira,
} from "../../fakes/jira/index.ts";

export async function serve(options: FakeOptions): Promise<FakeJira> {
  const jira = await startFakeJira(options);
  onTestFinished(() => jira.close());
  return jira;
}

/** What the fake's own fields hold. */
export const FIELDS = {
  ...ACME_FIELDS,
  service: "Affected service",
  board_decision: "Board decision",
  board_decided_at: "Board decided",
  resolved_at: "Resolved at",
};

const MORE = `services:
  payments: { title: Payments }
  ledger: { title: Ledger }
environments:
  production: { kind: production }
`;

/** A folder with a quarterdeck.yaml of one Jira; options are the source's own keys. */
export function configured(jira: Pick<FakeJira, "url">, options: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-jira-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const cloud = "deployment" in options ? {} : { email: DEMO_EMAIL };
  const source = {
    collector: "jira",
    url: jira.url,
    token: "${JIRA_TOKEN}",
    fields: FIELDS,
    ...cloud,
    ...options,
  };
  writeFileSync(
    join(folder, "quarterdeck.yaml"),
    `organisation: Acme\n${MORE}\nsources:\n  jira: ${JSON.stringify(source)}\n`,
  );
  const effects = { ...recordedEffects(folder), env: { JIRA_TOKEN: DEMO_TOKEN } };
  return { folder, effects };
}

/** Every answer that the fake does not spoil fits jira.js's own schema, or the run ends with a bug. */
const holdFor =
  ({ requests }: Pick<FakeJira, "requests">): JiraEffects["hold"] =>
  (schema, body, request) => {
    const { error } = schema.safeParse(body);
    const { fault } = requests.findLast(({ path }) => request.endsWith(path)) ?? {};
    if (error && fault !== "other-shape") throw new Error(`${request}: ${error.message}`);
  };

/** A database in memory into which a source is collected again and again. */
export class Bench {
  readonly warehouse: Warehouse;
  readonly loaded: LoadedConfig;
  readonly effects: Effects;
  readonly #jira: FakeJira;
  /** Seconds that the client would have slept. */
  readonly waits: number[] = [];

  constructor(jira: FakeJira, warehouse: Warehouse, loaded: LoadedConfig, effects: Effects) {
    this.#jira = jira;
    this.warehouse = warehouse;
    this.loaded = loaded;
    this.effects = effects;
  }

  async collect(): Promise<RunReport> {
    const sleep = (seconds: number) => {
      this.waits.push(seconds);
      return Promise.resolve();
    };
    const collector = jiraWith({ fetch: realEffects.fetch, sleep, hold: holdFor(this.#jira)! });
    return collect(this.warehouse, this.loaded, this.effects, {
      version: "test",
      collectorOf: () => Promise.resolve(collector as never),
    });
  }

  async model(asOf: string, without: readonly Layer[] = ["reports", "publish"]): Promise<void> {
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

export async function bench(jira: FakeJira, options?: object): Promise<Bench> {
  const { effects } = configured(jira, options);
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  onTestFinished(() => warehouse.close());
  return new Bench(jira, warehouse, await loadConfig(undefined, effects), effects);
}

export const outcomes = (report: RunReport) =>
  report.streams.map(({ stream, status }) => `${stream} ${status}`);
export const said = (report: RunReport) => reportLines(report).join("\n");
