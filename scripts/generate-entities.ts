import { stringify } from "csv-stringify/sync";
import {
  entities,
  entityOf,
  type Column,
  type Entity,
  type EntityName,
} from "../collectors/files/entities.ts";

const names = Object.keys(entities) as EntityName[];

/** docs/entities.md: every entity that files can bring, with its columns. */
export function entityReference(): string {
  return [INTRODUCTION, tableOfContents(), ...names.map((name) => section(name, entityOf(name)))].join("\n");
}

const INTRODUCTION = `# Entities

<!-- Made from collectors/files/entities.ts: change it there. -->

What can be brought in as files, and what each column means. How to map a file to an entity is in
[collectors/files](../collectors/files/README.md).

| type | is |
|---|---|
| text | text; where values are listed, one of them |
| integer | a whole number, written without grouping |
| number | a number with a decimal point |
| boolean | true or false; also yes, no, 1, 0 |
| timestamp | an instant: ISO 8601 with an offset, or any format with a time zone; kept in UTC |
| date | a day, such as 2026-01-31 |
| list | several texts: an array, or one text separated by \`;\` |
| json | an object |

A column marked **key** is part of what identifies a row within its source; one marked *required* must have a
value in every row. All others may be left out. Below the columns stands a row as a CSV file may have it.
`;

const tableOfContents = () =>
  [
    "| entity | what it is |",
    "|---|---|",
    ...names.map((name) => `| [${name}](#${name}) | ${cell(entityOf(name).description)} |`),
    "",
  ].join("\n");

function section(name: string, { description, key, columns, spans = [], example }: Entity): string {
  const rows = Object.entries(columns).map(([column, definition]) =>
    row(column, definition, key.includes(column)),
  );
  return [
    `## ${name}`,
    "",
    description,
    "",
    "| column | type | | meaning |",
    "|---|---|---|---|",
    ...rows,
    "",
    ...(spans.length === 0 ? [] : [order(spans), ""]),
    "```csv",
    stringify([example], { header: true }).trimEnd(),
    "```",
    "",
  ].join("\n");
}

const order = (spans: NonNullable<Entity["spans"]>) =>
  `A row is rejected where ${spans.map(([from, until]) => `\`${until}\` is before \`${from}\``).join(", or ")}.`;

function row(name: string, column: Column, isKey: boolean): string {
  const { type, required, values, least, most, description } = column;
  const marks = [isKey ? "**key**" : "", required ? "*required*" : ""]
    .filter((mark) => mark !== "")
    .join(", ");
  const allowed = values === undefined ? "" : ` One of ${values.map((value) => `\`${value}\``).join(", ")}.`;
  const bounds = most === undefined && least !== undefined && least > 0 ? ` At least ${least}.` : "";
  return `| \`${name}\` | ${type} | ${marks} | ${cell(description + allowed + bounds)} |`;
}

const cell = (text: string) => text.replaceAll("|", "\\|");
