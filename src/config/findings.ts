import type { z } from "zod";
import { isSecretPlace, keysOf, type Shape, shapesAt, valueAt } from "./shape.ts";
import { didYouMean, oneOf } from "./suggest.ts";
import type { Path } from "./yaml.ts";

/** Something wrong at a path of the document, in the words of the person who wrote it. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;
type UnionIssue = Extract<Issue, { code: "invalid_union" }>;

/** What zod found, said as what was expected and what was found. */
export function findingsOf(issues: readonly Issue[], document: unknown, shape: Shape): Finding[] {
  return issues.flatMap((issue) => findings(issue, document, shape));
}

function findings(issue: Issue, document: unknown, shape: Shape): Finding[] {
  const path = issue.path as Path;
  if (issue.code === "invalid_union") return unionFindings(issue, document, shape);
  if (issue.code === "unrecognized_keys") {
    const known = keysOf(shapesAt(shape, document, path));
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(key, known) }));
  }
  if (issue.code === "invalid_key") {
    const found = JSON.stringify(path.at(-1));
    return [{ path, message: `${issue.issues.map(expected).join(", ")}, found ${found} as a name` }];
  }
  if (issue.code === "custom" && !issue.message.startsWith("expected"))
    return [{ path, message: issue.message }];
  const message =
    issue.code === "invalid_value" ? oneOfValues(issue.values.map(String), path, document) : expected(issue);
  return [{ path, message: atPlace(message, path, document, shape) }];
}

const unknownKey = (key: string, known: readonly string[]) =>
  `unknown key${didYouMean(key, known) || `; expected ${oneOf(known)}`}`;

function unionFindings(issue: UnionIssue, document: unknown, shape: Shape): Finding[] {
  const path = issue.path as Path;
  const branches = issue.errors.map((errors) =>
    errors.map((inner) => ({ ...inner, path: [...path, ...inner.path] })),
  );
  const meant = branches.filter((errors) => errors.some((inner) => !isOtherKind(inner, path)));
  const closest = meant.toSorted((a, b) => a.length - b.length)[0];
  if (closest) return findingsOf(closest, document, shape);
  const message =
    branches.length > 0
      ? `expected ${branchKinds(branches)}`
      : oneOfValues(discriminators(issue), path, document);
  return [{ path, message: atPlace(message, path, document, shape) }];
}

const discriminators = (issue: UnionIssue) =>
  "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];

// The branch is about another kind of value altogether (text where a mapping stands).
const isOtherKind = (issue: Issue, path: Path) =>
  issue.path.length === path.length && (issue.code === "invalid_type" || issue.code === "invalid_value");

const branchKinds = (branches: readonly (readonly Issue[])[]) =>
  oneOf(
    branches.flatMap((errors) =>
      errors.slice(0, 1).map((issue) => expected(issue).replace(/^expected /, "")),
    ),
  );

const LONGEST_LIST = 8;

// A long list of values helps nobody who only misspelt one of them.
function oneOfValues(values: readonly string[], path: Path, document: unknown): string {
  const found = valueAt(document, path);
  const suggestion = typeof found === "string" ? didYouMean(found, values) : "";
  return suggestion && values.length > LONGEST_LIST
    ? `expected one of ${values.length} words${suggestion}`
    : `expected ${oneOf(values)}${suggestion}`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

function expected(issue: Issue): string {
  // Messages that the schema itself brings are written for readers; zod's own are not.
  if (issue.message.startsWith("expected")) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return `expected ${KINDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `expected ${oneOf(issue.values.map(String))}`;
    case "too_small":
      return `expected ${bound(issue.origin, issue.minimum, "at least")}`;
    case "too_big":
      return `expected ${bound(issue.origin, issue.maximum, "at most")}`;
    case "invalid_format":
      return issue.format === "date" ? "expected a day such as 2026-01-31" : `expected ${issue.format}`;
    default:
      return issue.message;
  }
}

function bound(origin: string, limit: number | bigint, words: string): string {
  if (origin === "string" && words === "at least") return "some text";
  const unit = origin === "string" ? " characters" : origin === "array" ? " items" : "";
  return limit === 1 && unit ? `${words} one${unit.slice(0, -1)}` : `${words} ${limit}${unit}`;
}

function atPlace(message: string, path: Path, document: unknown, shape: Shape): string {
  const found = valueAt(document, path);
  if (found === undefined) return `missing; ${message}`;
  if (isSecretPlace(shapesAt(shape, document, path))) return `${message}; what was found is not shown`;
  const [expectation, suggestion] = message.split(/(?=; did you mean)/);
  return `${expectation ?? message}${foundWords(found, message)}${found === null && path.length > 0 ? NOTHING_HINT : ""}${suggestion ?? ""}`;
}

const NOTHING_HINT = " (leave the key out for its default)";
const LONGEST_SHOWN = 60;

function foundWords(found: unknown, message: string): string {
  if (found === null) return ", found nothing";
  if (typeof found === "number" && /\btext\b/.test(message))
    return `, found the number ${found} (put it in quotes)`;
  if (Array.isArray(found)) return kindOnly(message, `a list of ${found.length}`);
  if (typeof found === "object") return kindOnly(message, "a mapping");
  const text = JSON.stringify(found);
  return `, found ${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}..."` : text}`;
}

// "expected exactly one of `from` and `value`, found a mapping" would tell nothing.
const kindOnly = (message: string, kind: string) => (message.includes("`") ? "" : `, found ${kind}`);
