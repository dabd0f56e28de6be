import type { Reader } from "./reader.ts";
import { configReader } from "./readers/config.ts";
import { eventReaders } from "./readers/events.ts";
import { evidenceReaders } from "./readers/evidence.ts";
import { filesReaders } from "./readers/files.ts";
import { gitReader } from "./readers/git.ts";
import { packReaders } from "./readers/packs.ts";
import { stagingReaders } from "./readers/staging.ts";

/** Everything that reads what others wrote. */
export const READERS: readonly Reader[] = [
  configReader,
  ...filesReaders,
  gitReader,
  ...eventReaders,
  ...evidenceReaders,
  ...stagingReaders,
  ...packReaders,
];
