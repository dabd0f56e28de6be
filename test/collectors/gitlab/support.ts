import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { realEffects } from "../../../collectors/http/effects.ts";
import { gitlabWith } from "../../../collectors/gitlab/index.ts";
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
import {
  DEMO_TOKEN,
  type FakeOptions,
  type FakeGitLab,
  startFakeGitLab,
} from "../../fakes/gitlab/index.ts";

/** Takes what is to be done when all is over; a test's own end, where nothing is said. */
type Finally = (act: () => void | Promise<void>) => void;

export async function serve(
  options: FakeOptions,
  finished: Finally = onTestFinished,
): Promise<FakeGitLab> {
  const gitlab = await startFakeGitLab(options);
  finished(() => gitlab.close());
  return gitlab;
}

const SERVICES = "services:\n  payments: { repository: acme/payments }\n  ledger: { repository: acme/core/ledger }\n";

/** A folder with a quarterdeck.yaml of one GitLab source; options are the source's own keys. */
export function configured(
  { url }: Pick<FakeGitLab, "url">,
  options: object = {},
  more = SERVICES,
  finished: Finally = onTestFinished,
): {
  readonly folder: string;
  readonly effects: Effects & { readonly printed: { out: string; err: string } };
} {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-gitlab-"));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  const source = { collector: "gitlab", url, groups: ["acme"], token: "${GITLAB_TOKEN}", ...options };
  writeFileSync(
    join(folder, "quarterdeck.yaml"),
    `organisation: Acme\n${more}\nsources:\n  code: ${JSON.stringify(source)}\n`,
  );
  const effects = { ...recordedEffects(folder), env: { GITLAB_TOKEN: DEMO_TOKEN } };
  return { folder, effects };
}

/** A database in memory into which a source is collected again and again. */
export class Bench {
  readonly warehouse: Warehouse;
  readonly loaded: LoadedConfig;
  readonly effects: Effects;
  /** Seconds that the client would have slept. */
  readonly waits: number[] = [];

  constructor(warehouse: Warehouse, loaded: LoadedConfig, effects: Effects) {
    this.warehouse = warehouse;
    this.loaded = loaded;
    this.effects = effects;
  }

  collect(): Promise<RunReport> {
    const sleep = (seconds: number) => {
      this.waits.push(seconds);
      return Promise.resolve();
    };
    const collector = gitlabWith({ fetch: realEffects.fetch, sleep });
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

export async function bench(
  gitlab: Pick<FakeGitLab, "url">,
  options?: object,
  more?: string,
  finished: Finally = onTestFinished,
): Promise<Bench> {
  const { effects } = configured(gitlab, options, more, finished);
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  finished(() => warehouse.close());
  return new Bench(warehouse, await loadConfig(undefined, effects), effects);
}

export const failed = (report: RunReport) =>
  report.streams.filter(({ status }) => status !== "completed").map(({ stream }) => stream);
export const said = (report: RunReport) => reportLines(report).join("\n");
