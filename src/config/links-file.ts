import { existsSync } from "node:fs";
import { join } from "node:path";
import { sourceConfig } from "../../collectors/registry.ts";
import type { Config } from "./schema.ts";

/** Where people write which links between incidents and deployments are right, beside quarterdeck.yaml. */
export const LINKS_FILE = "links.csv";
const ENTITY = "incident_link_verdict";
const SOURCE = "links";

/** The configuration with that file as a source of its own, where it is there and no source reads such rows already. */
export function withLinksFile(config: Config, directory: string): Config {
  const isRead = Object.values(config.sources).some(
    (source) => source.collector === "files" && source.files.some(({ entity }) => entity === ENTITY),
  );
  if (isRead || SOURCE in config.sources || !existsSync(join(directory, LINKS_FILE))) return config;
  const source = sourceConfig.parse({
    collector: "files",
    files: [{ path: LINKS_FILE, entity: ENTITY, mode: "snapshot" }],
  });
  return { ...config, sources: { ...config.sources, [SOURCE]: source } };
}
