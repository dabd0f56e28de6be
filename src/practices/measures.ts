import { createHash } from "node:crypto";
import { DataError } from "../errors.ts";
import { placeOf, type QueryFile } from "../warehouse/query-file.ts";
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

/**
 * The facts of all measures, one below the other. Which measures there are is told by the files that are in force, the user's
 * own among them, so that this relation has no file.
 */
export function measuredFacts(files: readonly QueryFile[]): QueryFile {
  const columns = Object.entries(FACT_COLUMNS);
  const found = files.filter(isMeasure).map(factsOf);
  const none = columns.map(([column, type]) => `null::${type} as ${column}`);
  const sql = found.length > 0 ? found.join("\nunion all\n") : `select null::varchar as measure, ${none.join(", ")} where false`;
  return {
    relation: "practices.measured",
    layer: "practices",
    name: "measured",
    file: "practices",
    header: { title: "Facts of all measures", grain: "one row per measure and fact", view: true },
    sql,
    line: 1,
    sha256: createHash("sha256").update(sql).digest("hex"),
    isLocal: false,
  };
}

/** What a fact of a statistic must tell; one that does not is none. */
const TOLD = {
  ...{ median: "value", mean: "value", sum: "value" },
  ...{ share: "is_hit", count: "occurred_at" },
} as const;

function factsOf({ relation, header }: Measure): string {
  const columns = Object.entries(FACT_COLUMNS).map(([column, type]) => `${column}::${type} as ${column}`);
  const isFact = `${TOLD[header.statistic]} is not null and occurred_at is not null`;
  return `select '${header.measure}' as measure, ${columns.join(", ")} from ${relation} where ${isFact}`;
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
