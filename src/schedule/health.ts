import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { UsageError } from "../errors.ts";

const instant = z.iso.datetime().nullable();

const state = z.object({
  last_start: instant,
  last_success: instant,
  next_due: instant,
  consecutive_failures: z.int().min(0),
  /** What went wrong last; null = the last run went well. */
  last_message: z.string().nullable(),
});

const healthSchema = z.object({
  format: z.literal("quarterdeck-health"),
  version: z.literal(1),
  written_at: z.iso.datetime(),
  sources: z.record(z.string(), state),
  /** Of the site; it is due after each round, so there is no `next_due`. */
  build: state,
});

/** What the health file holds. */
export type Health = z.output<typeof healthSchema>;
export type HealthState = z.output<typeof state>;

export const UNKNOWN: HealthState = {
  last_start: null,
  last_success: null,
  next_due: null,
  consecutive_failures: 0,
  last_message: null,
};

/** @returns undefined where there is none, or something else */
export async function readHealth(file: string): Promise<Health | undefined> {
  try {
    return healthSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}

/**
 * Whoever reads it meanwhile has the old one or the new one, whole.
 * @throws {UsageError} when it cannot be written
 */
export async function writeHealth(file: string, health: Health): Promise<void> {
  const unfinished = `${file}.new`;
  try {
    await writeFile(unfinished, `${JSON.stringify(health, null, 2)}\n`);
    await rename(unfinished, file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError(`${file} cannot be written (${code}): correct \`schedule.health_file\`, or its folder`, {
      cause: error,
    });
  }
}

export const started = (before: HealthState, at: Date): HealthState => ({ ...before, last_start: at.toISOString() });

/** How it fares after a run that brought everything. */
export const succeeded = (before: HealthState, at: Date): HealthState => ({
  ...before,
  last_success: at.toISOString(),
  consecutive_failures: 0,
  last_message: null,
});

export const failed = (before: HealthState, message: string): HealthState => ({
  ...before,
  consecutive_failures: before.consecutive_failures + 1,
  last_message: message,
});
