import { collectorOf } from "../../collectors/registry.ts";
import type { LoadedConfig } from "../config/load.ts";
import { configurationState } from "../doctor/configuration.ts";
import { databaseState } from "../doctor/database.ts";
import type { Finding } from "../doctor/finding.ts";
import { mappingFindings } from "../doctor/mapping.ts";
import { networkFindings } from "../doctor/network.ts";
import { doctorJson, doctorText } from "../doctor/report.ts";
import { sourceFindings } from "../doctor/sources.ts";
import { versionFindings } from "../doctor/versions.ts";
import type { Effects } from "../effects.ts";
import { readArguments } from "./command.ts";
import { doctor } from "./help/doctor.ts";
import { productVersion } from "../product-version.ts";
import { databaseOf } from "./session.ts";

/** Says what is wrong with an installation, and what to do about it. Changes nothing. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(doctor, args);
  const { findings: configuration, loaded } = await configurationState(values.config, effects);
  const versions = { node: process.versions.node, quarterdeck: productVersion };
  const findings = [
    ...(await all(versionFindings(versions, !loaded || readsGit(loaded), effects))),
    ...configuration,
    ...(loaded ? await dataFindings(loaded, values["as-of"], effects) : []),
    ...networkFindings(loaded && (await originsOf(loaded)), effects),
  ];
  effects.stdout(values.json === true ? doctorJson(findings) : doctorText(findings));
  return findings.some(({ status }) => status === "problem") ? 1 : 0;
}

async function dataFindings(
  loaded: LoadedConfig,
  asOf: string | undefined,
  effects: Effects,
): Promise<Finding[]> {
  const { findings, warehouse } = await databaseState(databaseOf(loaded), loaded.config.database_memory);
  try {
    const context = { baseDirectory: loaded.directory, now: effects.now() };
    const sources = await all(sourceFindings(loaded.config.sources, warehouse, context));
    return [...findings, ...sources, ...(await mappingFindings(warehouse, loaded, asOf))];
  } finally {
    warehouse?.close();
  }
}

const readsGit = ({ config }: LoadedConfig) =>
  Object.values(config.sources).some(({ collector }) => collector === "git");

async function originsOf({ config }: LoadedConfig): Promise<string[]> {
  const origins = await Promise.all(
    Object.values(config.sources).map(async (source) => (await collectorOf(source)).origins?.(source) ?? []),
  );
  return [...new Set(origins.flat())].sort();
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
