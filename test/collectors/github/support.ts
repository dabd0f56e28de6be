import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type HttpEffects, realEffects } from "../../../collectors/http/effects.ts";
import { type GitHubConfig, githubConfig } from "../../../collectors/github/config.ts";
import { githubWith } from "../../../collectors/github/index.ts";
import { reportLines, type RunReport } from "../../../src/collect/report.ts";
import { collect } from "../../../src/collect/run.ts";
import { configDocument } from "../../../src/config/document.ts";
import { loadConfig, type LoadedConfig } from "../../../src/config/load.ts";
import { secretsIn } from "../../../src/config/secret.ts";
import type { Effects } from "../../../src/effects.ts";
import { buildModel } from "../../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { queryParameters } from "../../../src/warehouse/parameters.ts";
import type { Layer } from "../../../src/warehouse/query-file.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { DEMO_TOKEN, type FakeGitHub, type FakeOptions, startFakeGitHub } from "../../fakes/github/index.ts";
import { organization } from "../../fakes/github/world/repositories.ts";
import { begun } from "../../fakes/github/world/scenarios.ts";
import { World } from "../../fakes/github/world/world.ts";
import type { AtEnd } from "../../soak/scenario.ts";

const afterTest: AtEnd = (undo) => onTestFinished(async () => {
    await undo();
  });

export async function serve(options: FakeOptions, atEnd: AtEnd = afterTest): Promise<FakeGitHub> {
  const github = await startFakeGitHub(options);
  atEnd(() => github.close());
  return github;
}

/** A source's own part of a configuration, with what the environment holds. */
export function configOf(url: string, options: object, environment: Record<string, string>): GitHubConfig {
  const config = githubConfig.parse({ collector: "github", url, organisations: ["acme"], ...options });
  for (const secret of secretsIn(config)) secret.resolve(environment);
  return config;
}

/** One repository with one commit. */
export function tiny(): World {
  const world = new World("2026-01-05T08:00:00Z");
  organization(world, "acme");
  begun(world, "acme/service1");
  return world;
}

/** Notes the seconds that the client would have slept. */
export const noWaiting = (waits: number[] = []): HttpEffects => ({
  fetch: realEffects.fetch,
  sleep: (seconds) => {
    waits.push(seconds);
    return Promise.resolve();
  },
});

const SERVICES = "services:\n  one: { repository: acme/service1 }\nenvironments:\n  production: { kind: production }\n";

/** A folder with a quarterdeck.yaml of one GitHub source; options are the source's own keys. */
export function configured(
  github: Pick<FakeGitHub, "url">,
  options: object = { organisations: ["acme"] },
  more = SERVICES,
  atEnd: AtEnd = afterTest,
): { readonly folder: string; readonly effects: Effects & { readonly printed: { out: string; err: string } } } {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-github-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const source = { collector: "github", url: github.url, token: "${GITHUB_TOKEN}", ...options };
  writeFileSync(
    join(folder, "quarterdeck.yaml"),
    `organisation: Acme\n${more}\nsources:\n  github: ${JSON.stringify(source)}\n`,
  );
  const effects = { ...recordedEffects(folder), env: { GITHUB_TOKEN: DEMO_TOKEN.token } };
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

  async collect(maxPoints?: number): Promise<RunReport> {
    const collector = githubWith(noWaiting(this.waits));
    return collect(this.warehouse, this.loaded, this.effects, {
      version: "test",
      ...(maxPoints !== undefined && { maxPoints }),
      collectorOf: () => Promise.resolve(collector as never),
    });
  }

  async model(asOf: string, without: readonly Layer[] = ["reports", "publish"]): Promise<void> {
    const { config } = this.loaded;
    const variables = queryParameters(config, asOf);
    await buildModel(this.warehouse, { document: configDocument(config), variables, without });
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
  github: Pick<FakeGitHub, "url">,
  options?: object,
  more?: string,
  atEnd: AtEnd = afterTest,
): Promise<Bench> {
  const { effects } = configured(github, options, more, atEnd);
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  atEnd(() => warehouse.close());
  return new Bench(warehouse, await loadConfig(undefined, effects), effects);
}

export const outcomes = (report: RunReport) => report.streams.map(({ stream, status }) => `${stream} ${status}`);
export const said = (report: RunReport) => reportLines(report).join("\n");
