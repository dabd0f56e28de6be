import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../../../src/errors.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { buildModel, queryFiles } from "../../../src/warehouse/model.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { packQueries } from "../../pack-queries.ts";
import { RESULTS_FILE } from "../results.ts";
import { computedResults, differences, nameOf, packedResults, type Difference } from "./compare.ts";
import { leftOutBy, type LeftOut } from "./left-out.ts";
import { loadEvidence, openSandbox } from "./load.ts";
import { openPack, placeIn, type OpenedPack } from "./pack.ts";
import { ownFolder } from "../../../src/killed.ts";

export type { Difference } from "./compare.ts";

export interface ReperformOptions {
  /** Computes with the pack's own SQL, which nobody here has looked at, over the installed. */
  readonly packSql?: boolean | undefined;
  /** Folder of a period pack of the same records, for results that the pack's own records are not enough for. */
  readonly evidence?: string | undefined;
  /** The user's own queries, where nothing but these is of interest: whether the records are enough. */
  readonly localQueries?: string | undefined;
  /** Such as 2GB, which is the default. */
  readonly memoryLimit?: string | undefined;
}

export interface Reperformance {
  /** Undefined, or why nothing could be computed from this pack. */
  readonly refusal: string | undefined;
  /** Results that were compared. */
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** What does not fit together in the evidence, whatever the results. */
  readonly problems: readonly string[];
  /** Queries of the pack that are not those installed, so that results may differ for that reason. */
  readonly otherSql: readonly string[];
  /** Results that cannot be computed from reduced records, and why. */
  readonly notes: readonly string[];
  /** Those that the pack itself says its records are not enough for. */
  readonly leftOut: readonly LeftOut[];
  /** It has not all records, and nobody tried whether those that it has are enough. */
  readonly isUntried: boolean;
}

const NOTHING = { compared: 0, differences: [], problems: [], otherSql: [], notes: [], leftOut: [], isUntried: false };

/**
 * Computes the results of a pack anew, from its evidence alone, and compares them with what it says.
 * @throws {DataError} naming file and line of what is no evidence of a pack
 */
export async function reperform(folder: string, options: ReperformOptions = {}): Promise<Reperformance> {
  const pack = openPack(folder);
  const carrier = options.evidence === undefined ? pack : openPack(options.evidence);
  const refusal = refusalOf(pack, carrier);
  if (refusal !== undefined) return { ...NOTHING, refusal };
  const warehouse = await openSandbox(options.memoryLimit);
  try {
    const problems = await loadEvidence(warehouse, carrier);
    const otherSql = await differingSql(warehouse, folder);
    await computed(warehouse, pack, options);
    const listed = carrier === pack && !pack.isWhole ? leftOutBy(pack) : [];
    const leftOut = listed ?? [];
    return { ...(await compared(warehouse, pack, leftOut)), problems, otherSql, refusal, leftOut, isUntried: listed === undefined };
  } finally {
    warehouse.close();
  }
}

function refusalOf(pack: OpenedPack, carrier: OpenedPack): string | undefined {
  if (!carrier.isWhole && (carrier !== pack || carrier.held === undefined)) {
    return "it carries the records that it names, not all that these results follow from: a period pack made from the same records has those (--evidence <folder>)";
  }
  if (carrier.asOf !== pack.asOf) return `the evidence is as of ${carrier.asOf}, the pack as of ${pack.asOf}`;
  return undefined;
}

const WANTED = ["controls.result", "controls.control", "controls.control_clause", "reports.release_unit"];

async function computed(
  warehouse: Warehouse,
  { folder, document, variables }: OpenedPack,
  { packSql, localQueries: own }: ReperformOptions,
): Promise<void> {
  const input = { document, variables, only: WANTED, ...(own === undefined ? {} : { localQueries: own }) };
  if (packSql !== true) {
    await buildModel(warehouse, input);
    return;
  }
  const localQueries = unpackedSql(folder);
  try {
    await buildModel(warehouse, { ...input, localQueries });
  } finally {
    rmSync(localQueries, { recursive: true, force: true });
  }
}

/** What the engine makes of the files of controls is made here too. */
const MADE = "controls.judged";

const RELATION = /^([a-z]+)\.([a-z][a-z0-9_]*)\.sql$/;

/** The pack's own SQL in the folders that queries are read from. It is read as any query is: one SELECT that reaches tables only. */
function unpackedSql(folder: string): string {
  const target = ownFolder(tmpdir(), "quarterdeck-sql");
  for (const file of sqlFiles(folder)) {
    const [, layer, name] = RELATION.exec(file) ?? [];
    // How a status is made of verdicts is Quarterdeck's own part, whatever SQL is asked for.
    if (file === "judgement.sql") continue;
    if (layer === undefined || name === undefined)
      throw new DataError(`sql/${file}: expected <layer>.<name>.sql`);
    if (`${layer}.${name}` === MADE) continue;
    mkdirSync(join(target, layer), { recursive: true });
    writeFileSync(join(target, layer, `${name}.sql`), readFileSync(placeIn(folder, `sql/${file}`)));
  }
  return target;
}

function sqlFiles(folder: string): string[] {
  const directory = join(folder, "sql");
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith(".sql"))
    .sort();
}

async function compared(warehouse: Warehouse, pack: OpenedPack, unsettled: readonly LeftOut[]) {
  const packed = packedResults(readFileSync(placeIn(pack.folder, RESULTS_FILE), "utf8"));
  const leftOut = await leftOutOf(warehouse);
  const names = new Set(unsettled.map(nameOf));
  const found = differences(
    packed,
    await computedResults(warehouse, pack.scope),
    ([control = "", kind = "", unit = ""]) =>
      names.has(nameOf({ control, unit_kind: kind, unit })) ||
      leftOut.some((one) => one.control === control && (kind !== "source" || one.source === unit)),
  );
  return {
    compared: packed.size - [...packed.keys()].filter((name) => names.has(name)).length,
    differences: found,
    notes: leftOut.map(
      ({ control, source, records }) =>
        `${control} of ${source}: not computed anew, since a part of ${records} of its records was left out or struck out`,
    ),
  };
}

/** Controls that look at hashes of records: of a record of which a part is missing the hash says nothing here. */
async function leftOutOf(
  warehouse: Warehouse,
): Promise<{ control: string; source: string; records: number }[]> {
  const controls = queryFiles().flatMap(({ header, sql }) =>
    header.control !== undefined && /\braw\.record\b/.test(sql) ? header.control : [],
  );
  const reduced = await warehouse.rows<{ source: string; records: number }>(
    "select source, count(*) as records from pack_record where is_reduced group by source order by source",
  );
  return controls.flatMap((control) => reduced.map((row) => ({ control, ...row })));
}

/** Relations whose query in the pack is another than the installed one. */
async function differingSql(warehouse: Warehouse, folder: string): Promise<string[]> {
  const there = new Set(sqlFiles(folder).map((name) => name.slice(0, -4)));
  if (there.size === 0) return [];
  const installed = new Map(
    (await packQueries(warehouse, ["controls.result"])).map(({ relation, text }) => [relation, text]),
  );
  installed.set("judgement", readFileSync(join(packageRoot, "src/controls/judgement.sql"), "utf8"));
  const other = [...there].filter((relation) => {
    const text = installed.get(relation);
    return text !== undefined && text !== readFileSync(placeIn(folder, `sql/${relation}.sql`), "utf8");
  });
  return [...other, ...[...installed.keys()].filter((relation) => !there.has(relation))].sort();
}
