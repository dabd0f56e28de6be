import { z } from "zod";
import type { Path } from "./yaml.ts";

/** What a place of the document may hold, as JSON Schema. */
export type Shape = z.core.JSONSchema.JSONSchema;

export const shapeOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: "input" });

/** The shapes that the place may have, given what is written: several where a union allows several. */
export function shapesAt(root: Shape, document: unknown, path: Path): Shape[] {
  let shapes = fittingBranches(root, document);
  let value = document;
  for (const step of path) {
    value = childOf(value, step);
    shapes = shapes
      .flatMap((shape) => shapesBelow(shape, step))
      .flatMap((shape) => fittingBranches(shape, value));
  }
  return shapes;
}

export const keysOf = (shapes: readonly Shape[]) => [
  ...new Set(shapes.flatMap(({ properties }) => Object.keys(properties ?? {}))),
];

export const isSecretPlace = (shapes: readonly Shape[]) => shapes.some(({ writeOnly }) => writeOnly === true);

/** The plain value at a path; undefined where there is none. */
export const valueAt = (document: unknown, path: Path): unknown => path.reduce<unknown>(childOf, document);

function childOf(value: unknown, step: string | number): unknown {
  if (value === null || typeof value !== "object" || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

function shapesBelow(shape: Shape, step: string | number): Shape[] {
  const properties = shape.properties ?? {};
  const below = Object.hasOwn(properties, step)
    ? properties[step]
    : typeof step === "number"
      ? shape.items
      : shape.additionalProperties;
  return typeof below === "object" && !Array.isArray(below) ? [below] : [];
}

function fittingBranches(shape: Shape, value: unknown): Shape[] {
  const branches = (shape.anyOf ?? shape.oneOf ?? []).filter((branch) => typeof branch === "object");
  if (branches.length === 0) return [shape];
  return branches.filter((branch) => fits(branch, value)).flatMap((branch) => fittingBranches(branch, value));
}

// `collector: git` leaves only the branch that says so.
function fits(branch: Shape, value: unknown): boolean {
  return Object.entries(branch.properties ?? {}).every(
    ([key, property]) =>
      typeof property !== "object" || property.const === undefined || childOf(value, key) === property.const,
  );
}
