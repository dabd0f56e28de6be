import { didYouMean, oneOf } from "../../src/config/suggest.ts";
import type { ColumnEntry, FileEntry } from "./config.ts";
import { converterOf } from "./convert/index.ts";
import { entityOf, type Column } from "./entities.ts";
import { notationOf } from "./mapping.ts";
import { Problem } from "../reading/problem.ts";

/** What is wrong with a configuration, and where: a path below the checked value. */
export interface CheckProblem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Mappings to columns that do not exist or that can never work. */
export function mappingProblems(entry: FileEntry): CheckProblem[] {
  const { columns } = entityOf(entry.entity);
  const names = Object.keys(columns);
  return Object.entries(entry.columns).flatMap(([name, source]): CheckProblem[] => {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (column !== undefined)
      return columnProblems(column, source, entry).map(({ path, message }) => ({
        path: ["columns", name, ...path],
        message,
      }));
    const hint = didYouMean(name, names) || `; it has ${names.join(", ")}`;
    return [{ path: ["columns", name], message: `expected a column of ${entry.entity}${hint}` }];
  });
}

function columnProblems(column: Column, source: ColumnEntry, entry: FileEntry): CheckProblem[] {
  return [
    ...misplacedOptions(column, source),
    ...meaninglessValues(column, source),
    ...impossibleConstant(column, source, entry),
  ];
}

function misplacedOptions({ type }: Column, source: ColumnEntry): CheckProblem[] {
  const isTime = type === "timestamp" || type === "date";
  const problems: CheckProblem[] = [];
  if (source.format !== undefined && !isTime)
    problems.push({ path: ["format"], message: `is for times and days; the column is ${type}` });
  if (source.format?.startsWith("unix") && type === "date")
    problems.push({ path: ["format"], message: "expected Luxon tokens: a day is no instant" });
  if (source.zone !== undefined && type !== "timestamp")
    problems.push({ path: ["zone"], message: `is for times; the column is ${type}` });
  if (source.separator !== undefined && type !== "list")
    problems.push({ path: ["separator"], message: `is for lists; the column is ${type}` });
  return problems;
}

/** Value maps must lead to values that the column allows. */
function meaninglessValues({ values: allowed }: Column, { values }: ColumnEntry): CheckProblem[] {
  if (allowed === undefined || values === undefined) return [];
  return Object.entries(values)
    .filter(([, meaning]) => meaning !== "" && !allowed.includes(meaning))
    .map(([written, meaning]) => ({
      path: ["values", written],
      message: `expected ${oneOf(allowed)}${didYouMean(meaning, allowed)}`,
    }));
}

function impossibleConstant(column: Column, source: ColumnEntry, entry: FileEntry): CheckProblem[] {
  if (source.value === undefined) return [];
  const value = converterOf(column, notationOf(column, source, entry))(source.value);
  if (value instanceof Problem) return [{ path: ["value"], message: value.reason }];
  const isMissing = value === undefined && column.required === true;
  return isMissing ? [{ path: ["value"], message: "expected a value: the column is required" }] : [];
}

/** Files of one entity are one collection: either all of them are everything there is, or none is. */
export function modeProblems(files: readonly FileEntry[]): CheckProblem[] {
  return files.flatMap((file, index) => {
    const first = files.find(({ entity }) => entity === file.entity);
    if (first === undefined || first.mode === file.mode) return [];
    return [
      {
        path: ["files", index, "mode"],
        message: `expected ${first.mode}, as in the first file of ${file.entity}: files of one entity share a mode`,
      },
    ];
  });
}
