import { configSchema } from "../src/config/schema.ts";
import { type Shape, shapeOf } from "../src/config/shape.ts";

interface Row {
  readonly key: string;
  readonly type: string;
  readonly standard: string;
  readonly description: string;
}

const INTRODUCTION = `# Configuration

<!-- Made by \`npm run generate\` from src/config/schema.ts. -->

Everything is in one file, \`quarterdeck.yaml\` (YAML 1.2). \`quarterdeck init\` writes one to begin with.
Unknown keys are errors. Relative paths start at the file's folder. Days are days in the organisation's
time zone. Secrets are written as \`\${NAME}\` and stand in the environment variable of that name; nothing
else may use variables.

\`<name>\` is a name of your choice, \`[]\` stands for each item of a list.
`;

/** The page that lists every key of quarterdeck.yaml. */
export function configurationReference(): string {
  const parts = Object.entries(shapeOf(configSchema).properties ?? {}).map(([key, shape]) => ({
    key,
    shape: shape as Shape,
  }));
  const single = parts.filter(({ shape }) => !isGroup(shape));
  const groups = parts.filter(({ shape }) => isGroup(shape));
  const required = shapeOf(configSchema).required ?? [];
  return [
    INTRODUCTION,
    "## General",
    table(single.map(({ key, shape }) => row(key, shape, required.includes(key)))),
    ...groups.flatMap(({ key, shape }) => section(key, shape)),
  ].join("\n\n");
}

const isGroup = (shape: Shape) => shape.type === "object";

function section(key: string, shape: Shape): string[] {
  const standard = Object.keys(shape.default ?? {}).length > 0 ? `Default: ${code(shape.default)}.` : "";
  const head = [`## ${key}`, [shape.description ?? "", standard].join(" ").trim()];
  const entry = entryOf(shape);
  if (!entry?.oneOf) return [...head, table(rowsBelow(key, shape))];
  return [...head, ...entry.oneOf.flatMap((branch) => collectorSection(`${key}.<name>`, branch))];
}

function collectorSection(key: string, shape: Shape): string[] {
  const collector = shape.properties?.["collector"];
  const name = typeof collector === "object" ? String(collector.const) : "";
  return [`### collector: ${name}`, table(rowsBelow(key, shape))];
}

/** What stands under a name of the reader's choice, where the mapping is of that kind. */
function entryOf({ additionalProperties }: Shape): Shape | undefined {
  return typeof additionalProperties === "object" && !Array.isArray(additionalProperties)
    ? additionalProperties
    : undefined;
}

function rowsBelow(key: string, shape: Shape): Row[] {
  const entry = entryOf(shape);
  if (entry) return nested(`${key}.<name>`, entry);
  return Object.entries(shape.properties ?? {}).flatMap(([name, property]) => {
    const below = `${key}.${name}`;
    return [
      row(below, property as Shape, (shape.required ?? []).includes(name)),
      ...nested(below, property as Shape),
    ];
  });
}

function nested(key: string, shape: Shape): Row[] {
  const item = shape.items;
  if (typeof item === "object" && !Array.isArray(item)) return nested(`${key}[]`, item);
  if (shape.anyOf) return shape.anyOf.flatMap((branch) => nested(key, branch));
  return shape.type === "object" ? rowsBelow(key, shape) : [];
}

const row = (key: string, shape: Shape, isRequired: boolean): Row => ({
  key,
  type: typeOf(shape),
  standard: isRequired && shape.default === undefined ? "required" : code(shape.default),
  description: shape.description ?? "",
});

const LENGTH_OF_TIME = "^\\d+[smhdw]$";

const LONGEST_LIST = 8;

function typeOf(shape: Shape): string {
  if (shape.writeOnly) return "secret";
  if (shape.const !== undefined) return code(shape.const);
  if (shape.enum) return enumeration(shape.enum);
  if (shape.anyOf) return [...new Set(shape.anyOf.map((branch) => typeOf(branch)))].join(" or ");
  if (shape.type === "array") return `list of ${typeOf(shape.items as Shape)}`;
  if (shape.type === "object") return "mapping";
  if (shape.format === "date") return "day";
  if (shape.pattern === LENGTH_OF_TIME) return "length of time";
  if (Array.isArray(shape.type)) return shape.type.map((type) => KINDS[type] ?? type).join(" or ");
  return `${KINDS[String(shape.type)] ?? String(shape.type)}${range(shape)}`;
}

function enumeration(values: readonly unknown[]): string {
  const shown = values
    .slice(0, LONGEST_LIST)
    .map((value) => code(value))
    .join(", ");
  return values.length > LONGEST_LIST ? `${shown} ... (${values.length})` : shown;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
};

function range({ type, minimum, maximum }: Shape): string {
  if (type !== "integer" && type !== "number") return "";
  return minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER
    ? `, ${minimum} to ${maximum}`
    : "";
}

function code(value: unknown): string {
  if (value === undefined || isEmpty(value)) return "";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

const isEmpty = (value: unknown) =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

const cell = (text: string) => text.replaceAll("|", "\\|");

const table = (rows: readonly Row[]) =>
  [
    "| key | type | default | description |",
    "| --- | --- | --- | --- |",
    ...rows.map(
      (one) => `| \`${one.key}\` | ${cell(one.type)} | ${cell(one.standard)} | ${cell(one.description)} |`,
    ),
  ].join("\n");
