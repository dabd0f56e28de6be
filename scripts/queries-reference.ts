import { queryFiles } from "../src/warehouse/model.ts";
import { LAYERS, type QueryFile } from "../src/warehouse/query-file.ts";

const INTRODUCTION = `# Queries

<!-- Made by \`npm run generate\` from the headers in queries/. -->

Every relation of the database above the raw records is one \`SELECT\` in a file of the same name. \`quarterdeck query <relation>\` prints
its rows, \`quarterdeck explain <relation>\` its SQL. [Extending](extending.md) says how to add or replace one.`;

/** The page that lists every relation with what it is, layer by layer in the order in which data flows. */
export function queriesReference(): string {
  const files = queryFiles();
  const layers = LAYERS.map((layer) => files.filter((file) => file.layer === layer)).filter(
    ({ length }) => length > 0,
  );
  return [INTRODUCTION, ...layers.map(section)].join("\n\n");
}

function section(files: readonly QueryFile[]): string {
  const rows = files.toSorted((a, b) => (a.relation < b.relation ? -1 : 1)).map(row);
  return [
    `## ${files[0]?.layer ?? ""}`,
    ["| relation | what | one row is |", "|---|---|---|", ...rows].join("\n"),
  ].join("\n\n");
}

/** What is made of other files has none of its own. */
const row = ({ relation, file, header: { title, grain } }: QueryFile) =>
  `| ${!file.endsWith(".sql") ? `\`${relation}\`` : `[\`${relation}\`](../queries/${file})`} | ${cell(title)} | ${cell(grain?.replace(/^one row per /, "") ?? "")} |`;

const cell = (text: string) => text.replaceAll("|", "\\|").replace(/\s+/g, " ").trim();
