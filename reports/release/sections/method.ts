import type { PackQuery } from "../../pack-queries.ts";
import {
  heading,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
  type Text,
} from "../../layout/nodes.ts";
import type { ReleasePackData } from "../data.ts";
import { count } from "../words.ts";

/** The rules in words, with the query that applies each. */
export function methodSection({ queries }: ReleasePackData): Section {
  const own = queries.filter(({ relation }) => relation.startsWith("reports."));
  const rules = queries.filter(({ relation, rule }) => rule !== null && !relation.startsWith("reports."));
  return {
    id: "method",
    title: "Method",
    nodes: [
      paragraph(
        "Every figure and list in this pack is the result of a query. Those below are attached; they and all that they read lie in sql/ beside this PDF. A reader who has the database can run them again.",
      ),
      ...rulesTable("Rules that the figures follow", rules),
      heading(3, "Tables of this pack", "method.tables"),
      ...rulesTable("Queries whose results are printed", own),
    ],
  };
}

export function rulesTable(caption: string, queries: readonly PackQuery[]): DocumentNode[] {
  if (queries.length === 0) return [note("None of the queries states a rule.")];
  return [
    table({
      caption: `${caption} (${count(queries.length)})`,
      columns: [{ title: "Query" }, { title: "What it says" }, { title: "Version", align: "right" }],
      rows: queries.map((query) => [query.relation, words(query), version(query)]),
    }),
  ];
}

function words({ title, rule, description }: PackQuery): Text {
  const more = rule ?? description;
  if (more === null) return { text: title, strong: true };
  return [
    { text: `${title}: `, strong: true },
    more.replace(/\s*\(design [\d, ]+\)/g, "").replace(/`([^`]*)`/g, "“$1”"),
  ];
}

function version({ version: number, isLocal, sha256 }: PackQuery): Text {
  return isLocal ? { text: `local rule ${sha256.slice(0, 12)}`, tone: "worse" } : (number ?? "–");
}
