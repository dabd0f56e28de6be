import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RunReport } from "../../src/collect/report.ts";
import { collect, type CollectOptions } from "../../src/collect/run.ts";
import { configDocument } from "../../src/config/document.ts";
import { loadConfig } from "../../src/config/load.ts";
import { buildModel } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import type { Layer } from "../../src/warehouse/query-file.ts";
import { recordedEffects } from "../cli/effects.ts";

type Contents = Readonly<Record<string, string | Buffer>>;

/** Takes what is to be done when all is over. */
type Finally = (act: () => void) => void;

/** A folder with a quarterdeck.yaml and the files that it reads. */
export function configuredFolder(yaml: string, contents: Contents, finished: Finally): string {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-collection-"));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  put(folder, { ...contents, "quarterdeck.yaml": yaml });
  return folder;
}

export function put(folder: string, contents: Contents): void {
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A database in memory into which the sources of a folder are collected as `quarterdeck collect` does. */
export interface Collection {
  readonly warehouse: Warehouse;
  collect(collectorOf?: CollectOptions["collectorOf"]): Promise<RunReport>;
  /** Makes the model; all layers, unless some are left out. */
  model(asOf: string, without?: readonly Layer[]): Promise<void>;
  /** Rows of a relation, without what is null. */
  rows(relation: string): Promise<Record<string, unknown>[]>;
}

export async function collection(folder: string, finished: Finally): Promise<Collection> {
  const effects = recordedEffects(folder);
  const loaded = await loadConfig(undefined, effects);
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  finished(() => warehouse.close());
  return {
    warehouse,
    collect: (collectorOf) =>
      collect(warehouse, loaded, effects, { version: "test", ...(collectorOf && { collectorOf }) }),
    model: async (asOf, without = []) => {
      const variables = queryParameters(loaded.config, asOf);
      await buildModel(warehouse, { document: configDocument(loaded.config), variables, without });
    },
    rows: async (relation) => {
      const found = await warehouse.rows<Record<string, unknown>>(`select * from ${relation}`);
      return found.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
      );
    },
  };
}
