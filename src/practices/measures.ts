import { DataError } from "../errors.ts";
import { placeOf, type QueryFile } from "../warehouse/query-file.ts";
import { cast, unionOf } from "../warehouse/union.ts";
import type { MeasureHeader } from "./entry.ts";

type Measure = QueryFile & { readonly header: MeasureHeader & QueryFile["header"] };

/** Columns that every measure gives. */
const FACT_COLUMNS = {
  service: "varchar",
  occurred_at: "timestamptz",
  value: "double",
  is_hit: "boolean",
  subject: "varchar",
  cut: "varchar",
} as const;

const isMeasure = (file: QueryFile): file is Measure => file.header.measure !== undefined;

/** The facts of all measures, one below the other. */
export function measuredFacts(files: readonly QueryFile[]): QueryFile {
  const header = { title: "Facts of all measures", grain: "one row per measure and fact" };
  const found = files.filter(isMeasure).map(factsOf);
  return unionOf("practices", "measured", header, found, { measure: "varchar", ...FACT_COLUMNS });
}

/** What a fact of a statistic must tell; one that does not is none. */
const TOLD = {
  ...{ median: "value", mean: "value", sum: "value" },
  ...{ share: "is_hit", count: "occurred_at" },
} as const;

function factsOf({ relation, header }: Measure): string {
  const isFact = `${TOLD[header.statistic]} is not null and occurred_at is not null`;
  return `select '${header.measure}' as measure, ${cast(FACT_COLUMNS)} from ${relation} where ${isFact}`;
}

/**
 * The catalogue of measures, as SQL unpacks it.
 * @throws {DataError} for a measure that is not named as its file is
 */
export function measureEntries(files: readonly QueryFile[]): object[] {
  return files.filter(isMeasure).map((file) => {
    const { measure, title, question, rule, unit, statistic, better, made_from, connect, fact, facts, cut, source } = file.header;
    if (measure !== file.name) throw new DataError(`${placeOf(file)}: its measure is called ${measure}: expected ${file.name}, as its file`);
    return {
      ...{ measure, relation: file.relation, area: file.file.split(/[\\/]/).at(-2) ?? null, title, question, rule, unit, statistic },
      ...{ better: better ?? null, made_from, connect, fact, facts, cut: cut ?? null, source: source ?? null },
      ...{ version: file.header.version ?? null, is_local: file.isLocal },
    };
  });
}
