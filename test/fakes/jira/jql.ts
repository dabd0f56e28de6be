import { DateTime } from "luxon";
import { type Issue, TYPES, type World } from "./world.ts";

/** A query that Jira would refuse, in its words. */
export class JqlError extends Error {
  override readonly name = "JqlError";
}

type Test = (issue: Issue) => boolean;

const CLAUSES: readonly (readonly [RegExp, (world: World, value: string) => Test])[] = [
  [/^project in \(([^)]*)\)$/, projectIn],
  [/^issuetype in \(([^)]*)\)$/, typeIn],
  [/^id in \(([^)]*)\)$/, idIn],
  [/^updated >= "([^"]*)"$/, updatedSince],
  [
    /^\(component = "([^"]*)"\)$/,
    (_, name) =>
      ({ components }) =>
        components.includes(name),
  ],
];

/** What an order compares. */
export type Place = Pick<Issue, "id" | "updatedAt">;

const ORDERS: Readonly<Record<string, (one: Place, other: Place) => number>> = {
  "updated ASC, key ASC": (one, other) =>
    one.updatedAt - other.updatedAt || Number(one.id) - Number(other.id),
  "key ASC": (one, other) => Number(one.id) - Number(other.id),
};

export const orderOf = (jql: string) => ORDERS[jql.split(" ORDER BY ")[1] ?? ""];

/** Issues that a query finds, in its order. Knows what the collector asks, and refuses the rest. */
export function find(world: World, jql: string): Issue[] {
  const [conditions = "", order] = jql.split(" ORDER BY ");
  if (conditions.trim() === "")
    throw new JqlError(
      "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.",
    );
  const tests = conditions.split(" AND ").map((clause) => testOf(world, clause));
  const compare = order === undefined ? undefined : ORDERS[order];
  if (order !== undefined && !compare)
    throw new JqlError(`Field '${order}' does not exist or you do not have permission to view it.`);
  const found = [...world.issues.values()].filter((issue) => tests.every((test) => test(issue)));
  return compare ? found.sort(compare) : found;
}

function testOf(world: World, clause: string): Test {
  for (const [pattern, make] of CLAUSES) {
    const value = pattern.exec(clause)?.[1];
    if (value !== undefined) return make(world, value);
  }
  throw new JqlError(`Error in the JQL Query: Expecting a condition but got '${clause}'.`);
}

const listOf = (value: string) => value.split(",").map((one) => one.trim());

function projectIn(world: World, value: string): Test {
  const ids = new Set(listOf(value));
  const known = new Set([...world.projects.values()].map(({ id }) => id));
  for (const id of ids)
    if (!known.has(id)) throw new JqlError(`A value with ID '${id}' does not exist for the field 'project'.`);
  return ({ project }) => ids.has(project.id);
}

function typeIn(_: World, value: string): Test {
  const ids = new Set(listOf(value));
  return ({ type }) => ids.has(typeId(type));
}

function idIn(world: World, value: string): Test {
  const ids = new Set(listOf(value));
  for (const id of ids)
    if (!world.issues.has(id)) throw new JqlError(`An issue with key '${id}' does not exist for field 'id'.`);
  return ({ id }) => ids.has(id);
}

/** In the zone of whoever asks; where a clock shows the time twice, the later, by which a careless client loses an hour. */
function updatedSince({ zone }: World, value: string): Test {
  const local = DateTime.fromFormat(value, "yyyy-MM-dd HH:mm", { zone: zone ?? "Pacific/Kiritimati" });
  if (!local.isValid) throw new JqlError(`Date value '${value}' for field 'updated' is invalid.`);
  const from = Math.max(...local.getPossibleOffsets().map((one) => one.toMillis()));
  return ({ updatedAt }) => updatedAt >= from;
}

export const typeId = (type: string): string => String(10_200 + TYPES.findIndex((one) => one === type));
