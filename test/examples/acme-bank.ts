import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { ACME_AS_OF, generateAcme } from "../../examples/acme/generate.ts";
import { collect } from "../../src/collect/run.ts";
import { configDocument } from "../../src/config/document.ts";
import { loadConfig } from "../../src/config/load.ts";
import { buildModel } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import type { Layer } from "../../src/warehouse/query-file.ts";
import { recordedEffects } from "../cli/effects.ts";
import { acmeDocument } from "./acme-document.ts";

interface Bank {
  /** 1 = two full years. */
  readonly scale: number;
  /** Its quarterdeck.yaml. */
  readonly document?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether its data is events, and not exports. */
  readonly events?: boolean;
  readonly without?: readonly Layer[];
}

/** Acme Bank, collected and modelled as its own configuration says, or as another does. Controls have tests of their own. */
export async function acmeBank({ scale, document = acmeDocument(), events = false, ...rest }: Bank) {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-acme-"));
  try {
    await generateAcme(join(folder, "data"), { scale, events });
    await writeFile(join(folder, "quarterdeck.yaml"), stringify({ ...document, controls: {} }));
    return await collected(folder, rest);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What the quarterdeck.yaml of a folder brings, staged and modelled.
 * @throws where a stream was not read to its end
 */
export async function collected(
  folder: string,
  { env = {}, without = ["controls", "reports", "publish"] }: Pick<Bank, "env" | "without">,
): Promise<Warehouse> {
  const recorded = recordedEffects(folder);
  const effects = { ...recorded, env: { ...recorded.env, ...env } };
  const loaded = await loadConfig(undefined, effects);
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 2 });
  const { streams } = await collect(warehouse, loaded, effects, { version: "test" });
  const failed = streams.filter(({ status }) => status !== "completed");
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  await buildModel(warehouse, {
    document: configDocument(loaded.config),
    variables: queryParameters(loaded.config, ACME_AS_OF),
    without,
  });
  return warehouse;
}
