import { availableParallelism } from "node:os";
import type { Config } from "../../config/schema.ts";
import { usableMegabytes } from "../../warehouse/open.ts";
import type { StartSecond } from "./second.ts";

/** A second thread, begun where there are so many pages. */
export interface Help {
  readonly start: StartSecond;
  readonly from: number;
}

/** With fewer, it saves less than it takes to begin. */
const WORTH_IT = 1500;

/** Three quarters of 4 GB, less what the system keeps of them. */
const ROOMY = 2900;

/** The help that the machine has room for, or that was asked for. */
export function helpFor({ page_threads: threads }: Config, start: StartSecond): Help | undefined {
  if (threads === 2) return { start, from: 0 };
  const hasRoom = availableParallelism() > 1 && usableMegabytes() >= ROOMY;
  return threads === undefined && hasRoom ? { start, from: WORTH_IT } : undefined;
}
