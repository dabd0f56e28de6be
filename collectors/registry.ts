import { z } from "zod";
import type { Collector } from "./contract.ts";
import { files } from "./files/index.ts";
import { git } from "./git/index.ts";

/** Every collector. A new one is a folder copied from `_template/` and a line here. */
export const collectors = { files, git } as const;

export const sourceConfig = z.discriminatedUnion("collector", [files.configSchema, git.configSchema]);

export type SourceConfig = z.output<typeof sourceConfig>;

export function collectorOf(source: SourceConfig): Collector {
  return collectors[source.collector] as Collector;
}
