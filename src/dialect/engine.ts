import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { packageRoot } from "../package-root.ts";
import { WAYS } from "./neutral.ts";

/** Engines that scripts can be written for, as people name them. */
export const ENGINES = ["spark", "trino", "snowflake", "bigquery", "postgres"] as const;

export type EngineName = (typeof ENGINES)[number];

const engineSchema = z.strictObject({
  /** As people call it. */
  title: z.string(),
  /** What the engine does not have, or the transpiler cannot write for it. */
  lacks: z.array(z.enum(WAYS)).default([]),
  /** Whether its aggregate of lists neither orders nor keeps nulls, so that they are sorted once gathered. */
  sorts_afterwards: z.boolean().default(false),
  /** Whether its aggregate of lists takes no filter, but passes over nulls when told to. */
  ignores_nulls: z.boolean().default(false),
  /** Whether a fraction that is cast to a whole number is cut off, or rounded away from zero. */
  casts_otherwise: z.boolean().default(false),
  /** Whether a backslash within a text says how what follows it is meant. */
  escapes: z.boolean().default(false),
  /** How it writes an instant to the microsecond, where its own word keeps less. */
  instant: z.string().default("TIMESTAMP"),
  /** Function of the product's queries -> how the engine says it. */
  words: z.record(z.string(), z.string()),
  /** What is run once a table is there; `$1` is its name. */
  after: z.string().default(""),
});

export interface Engine extends z.infer<typeof engineSchema> {
  readonly name: EngineName;
  /** What is run first: functions that the engine lacks, and its time zone. */
  readonly before: string;
}

const FOLDER = join(packageRoot, "src/dialect/engines");

export function readEngine(name: EngineName): Engine {
  const before = join(FOLDER, `${name}.sql`);
  return {
    name,
    ...engineSchema.parse(parse(readFileSync(join(FOLDER, `${name}.yaml`), "utf8"))),
    before: existsSync(before) ? readFileSync(before, "utf8").trim() : "",
  };
}
