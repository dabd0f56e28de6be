import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunReport } from "../../../src/collect/report.ts";
import { collect } from "../../../src/collect/run.ts";
import { configDocument } from "../../../src/config/document.ts";
import { loadConfig, type LoadedConfig } from "../../../src/config/load.ts";
import type { Effects } from "../../../src/effects.ts";
import { buildModel } from "../../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { queryParameters } from "../../../src/warehouse/parameters.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { onlyControls } from "../../support/history.ts";
import { relationsOf, type Relations } from "../same.ts";
import type { AtEnd } from "../scenario.ts";
import { generic, type Options } from "./collector.ts";

/**
 * What the generic source brings is shaped as the `files` collector shapes it, so that the model is made of it. Controls have tests of their own, and take longer
 * than all else.
 */
const CONFIG = `organisation: Made up
controls: ${JSON.stringify(onlyControls([]))}
services:
  api: { repository: api }
  web: { repository: web }
  lib: { repository: lib }
environments:
  production: { kind: production }
  staging: { kind: staging }
sources:
  made:
    collector: files
    files: [{ path: "*.csv", entity: deployment }]
`;

/** A folder with a quarterdeck.yaml, which ends with the seed. */
export function configured(atEnd: AtEnd): string {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-soak-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "quarterdeck.yaml"), CONFIG);
  return folder;
}

/** A database into which the generic source is collected again and again. */
export class Bench {
  readonly warehouse: Warehouse;
  private readonly loaded: LoadedConfig;
  private readonly effects: Effects;

  constructor(warehouse: Warehouse, loaded: LoadedConfig, effects: Effects) {
    this.warehouse = warehouse;
    this.loaded = loaded;
    this.effects = effects;
  }

  collect(options: Options, now = this.effects.now): Promise<RunReport> {
    const collectorOf = () => Promise.resolve(generic(options));
    return collect(this.warehouse, this.loaded, { ...this.effects, now }, { version: "test", collectorOf });
  }

  async model(asOf: string): Promise<Relations> {
    const { config } = this.loaded;
    const variables = queryParameters(config, asOf);
    await buildModel(this.warehouse, {
      document: configDocument(config),
      variables,
      without: ["correlation", "metrics", "controls", "expectations", "reports", "publish"],
    });
    return relationsOf(this.warehouse, "model", ["last_collection"]);
  }
}

/** On a database of its own: in memory, where no file is named. */
export async function bench(folder: string, atEnd: AtEnd, file?: string): Promise<Bench> {
  const effects = recordedEffects(folder);
  const path = file === undefined ? ":memory:" : join(folder, file);
  const warehouse = await openWarehouse(path, { mode: "write", threads: 1 });
  atEnd(() => warehouse.close());
  return new Bench(warehouse, await loadConfig(undefined, effects), effects);
}
