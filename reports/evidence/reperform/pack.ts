import { lstatSync, readFileSync, statSync } from "node:fs";
import { join, normalize, sep } from "node:path";
import { z } from "zod";
import { DataError } from "../../../src/errors.ts";
import type { ModelInput } from "../../../src/warehouse/model.ts";
import { parametersOf, type Settings } from "../../../src/warehouse/parameters.ts";
import { checkDepth } from "../fields.ts";
import { SCOPE_FILE } from "../results.ts";
import type { PackScope } from "../scope.ts";

const instant = z.iso.datetime({ offset: true });
const moment = instant.or(z.iso.date());
const names = z.array(z.string()).optional();

const scopeFile = z.object({
  as_of: instant,
  scope: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("release"), service: z.string(), version: z.string() }),
    z.strictObject({
      kind: z.literal("period"),
      from: moment,
      until: moment,
      services: names,
      framework: z.string().optional(),
    }),
    z.strictObject({
      kind: z.literal("train"),
      train: z.string(),
      releases: z.array(z.strictObject({ service: z.string(), version: z.string() })),
    }),
    z.strictObject({ kind: z.literal("dossier"), unit_kind: z.string(), unit: z.string() }),
  ]),
});

const records = z.int().nonnegative();

const indexFile = z.object({
  is_whole: z.boolean(),
  held: z.array(z.object({ source: z.string(), stream: z.string(), records })).optional(),
  streams: z.array(
    z.object({ source: z.string(), stream: z.string(), file: z.string(), records }),
  ),
});

const seconds = z.int().nonnegative();

/** What parameters are made of must be what queries expect; staging and the catalogue look at the rest. */
const configFile = z.looseObject({
  organisation: z.string(),
  time_zone: z.string(),
  quarter_start_month: z.int().min(1).max(12),
  metrics: z.looseObject({
    ...{ observation_window: seconds, wave_gap: seconds, incident_window: seconds, rolling_window: seconds },
    ...{ link_threshold: z.number(), failure_signal: z.string() },
  }),
  links: z.looseObject({ half_life: seconds, chance: z.number() }),
  patterns: z.looseObject({
    false_discovery_rate: z.number(),
    minimum_deployments: z.int(),
    minimum_expected: z.number(),
    relevant_risk: z.number(),
  }),
  publish: z.looseObject({ people: z.string(), packs: z.string(), industry: z.string() }),
  controls: z.array(z.looseObject({ control: z.string(), enabled: z.boolean() })),
});

export type HeldRecords = NonNullable<z.output<typeof indexFile>["held"]>[number];
export type IndexedStream = z.output<typeof indexFile>["streams"][number];

export interface OpenedPack {
  readonly folder: string;
  readonly asOf: string;
  readonly scope: PackScope;
  readonly isWhole: boolean;
  /** How many records there were, of a pack that has only those that its own results follow from; undefined of all others. */
  readonly held: readonly HeldRecords[] | undefined;
  readonly streams: readonly IndexedStream[];
  readonly document: ModelInput["document"];
  readonly variables: ModelInput["variables"];
}

/**
 * What a pack says of itself, as far as its results are computed from it.
 * @throws {DataError} naming the file that is missing or is not what a pack has
 */
export function openPack(folder: string): OpenedPack {
  const { as_of: asOf, scope } = read(folder, SCOPE_FILE, scopeFile);
  const index = read(folder, "evidence/index.json", indexFile);
  const document = read(folder, "config/quarterdeck.json", configFile);
  index.streams.forEach(({ file }) => placeIn(folder, file));
  return {
    ...{ folder, asOf, scope: scope as PackScope, isWhole: index.is_whole, held: index.held, streams: index.streams },
    document: document as unknown as ModelInput["document"],
    variables: parametersOf(document as unknown as Settings, asOf),
  };
}

/** Larger ones are no longer what people or tools read. */
const LARGEST = 100_000_000;

function read<Output>(folder: string, file: string, schema: z.ZodType<Output>): Output {
  const path = placeIn(folder, file);
  if (statSync(path).size > LARGEST)
    throw new DataError(`${file}: is larger than ${LARGEST} bytes: no pack of Quarterdeck has such a file`);
  const text = readFileSync(path, "utf8");
  checkDepth(text, file);
  const result = schema.safeParse(json(text, file));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DataError(
    `${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is not what a pack has"}`,
  );
}

export function json(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new DataError(
      `${place}: is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`,
    );
  }
}

/** @throws {DataError} for a name that leads out of the pack, and for what is no file of it */
export function placeIn(folder: string, file: string): string {
  const plain = normalize(file);
  if (plain.startsWith("..") || plain.startsWith(sep) || /^[A-Za-z]:/.test(plain) || file.includes("\0")) {
    throw new DataError(`evidence/index.json: names ${JSON.stringify(file)}, which is not in the pack`);
  }
  const path = join(folder, plain);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new DataError(`${file}: is not in the pack, and nothing can be computed without it`);
  if (!found.isFile()) throw new DataError(`${file}: is no ordinary file`);
  return path;
}
