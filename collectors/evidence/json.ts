import { findNodeAtLocation, parse, parseTree, type ParseError } from "jsonc-parser";
import { z } from "zod";
import type { Json } from "../contract.ts";
import { keyProblem } from "../reading/json-keys.ts";
import { parseJson } from "../reading/json-text.ts";
import { FileProblem } from "../reading/problem.ts";
import { shortened } from "../reading/words.ts";

const DEEPEST = 100;
const LONGEST_TEXT = 100_000;

/** A text that a document may say: a field of megabytes is none. */
export const said = z
  .string()
  .max(LONGEST_TEXT, `expected at most ${LONGEST_TEXT} characters, found more`)
  .regex(/^[^\0]*$/, "expected text, found a NUL character");

/**
 * Parses a document that may have been written to mislead.
 * @throws {FileProblem} with the line: no JSON, nested too deep, or a key that comes twice
 */
export function readJson(text: string, firstLine = 1): Json {
  const problem = keyProblem(text, DEEPEST);
  if (problem !== undefined) throw new FileProblem(firstLine + problem.line, problem.reason);
  try {
    return parseJson(text);
  } catch {
    const errors: ParseError[] = [];
    parse(text, errors);
    const offset = errors[0]?.offset ?? 0;
    throw new FileProblem(
      firstLine + lineAt(text, offset) - 1,
      "expected JSON, found something else",
      shortened(text.slice(offset, offset + 200)),
    );
  }
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split("\n").length;

/**
 * What of a document its schema keeps.
 * @throws {FileProblem} with the line of the first member of another shape
 */
export function shaped<Schema extends z.ZodType>(
  schema: Schema,
  value: Json,
  text: string,
  what: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).map((part) => (typeof part === "number" ? part : String(part)));
  throw new FileProblem(
    lineOf(text, path),
    `expected ${what}: ${path.join(".")}: ${issue?.message ?? "of another shape"}`,
  );
}

/** The line of a member, or of the innermost around it that is there. */
function lineOf(text: string, path: readonly (string | number)[]): number {
  const tree = parseTree(text);
  if (tree === undefined) return 1;
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return lineAt(text, node.offset);
  }
  return 1;
}
