import { didYouMean } from "../../src/config/suggest.ts";
import type { Json } from "../contract.ts";
import { converterOf } from "../files/convert/index.ts";
import { entityOf, type Column, type EntityName } from "../files/entities.ts";
import { Problem } from "../reading/problem.ts";
import { shown } from "../reading/words.ts";
import type { EventProblem } from "./envelope.ts";

/** Entities of which an event may state columns under `customData.quarterdeck`. */
export const STATED_ENTITIES = [
  "artifact",
  "change",
  "change_review",
  "deployment",
  "environment",
  "evidence",
  "incident",
  "pipeline_job",
  "pipeline_run",
  "ref",
  "release",
  "test_result",
  "ticket",
] as const satisfies readonly EntityName[];

const PLACE = "customData.quarterdeck";

/** What is wrong with the columns that an event states itself: they are ours, so a slip is said at once. */
export function customProblem(customData: Json | undefined): EventProblem | undefined {
  const stated = memberOf(customData, "quarterdeck");
  if (stated === undefined || stated === null) return undefined;
  if (!isObject(stated))
    return { column: PLACE, reason: `expected entity -> columns, found ${shown(stated)}` };
  for (const [entity, columns] of Object.entries(stated)) {
    const problem = entityProblem(entity, columns);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function entityProblem(name: string, columns: Json): EventProblem | undefined {
  const column = `${PLACE}.${name}`;
  const entity = STATED_ENTITIES.find((known) => known === name);
  if (entity === undefined)
    return {
      column,
      reason: `expected ${STATED_ENTITIES.join(", ")}${didYouMean(name, STATED_ENTITIES)}`,
    };
  if (!isObject(columns)) return { column, reason: `expected columns of ${name}, found ${shown(columns)}` };
  const known: Readonly<Record<string, Column>> = entityOf(entity).columns;
  for (const [key, value] of Object.entries(columns)) {
    const definition = Object.hasOwn(known, key) ? known[key] : undefined;
    const reason =
      definition === undefined
        ? `expected a column of ${name}${didYouMean(key, Object.keys(known))}`
        : valueProblem(definition, value);
    if (reason !== undefined) return { column: `${column}.${key}`, reason };
  }
  return undefined;
}

function valueProblem(column: Column, value: Json): string | undefined {
  if (value === null) return undefined;
  if (column.type === "list" && !Array.isArray(value)) return `expected a list, found ${shown(value)}`;
  if (column.type === "boolean" && typeof value !== "boolean")
    return `expected true or false, found ${shown(value)}`;
  const converted = converterOf(column, {})(value);
  return converted instanceof Problem ? converted.reason : undefined;
}

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
