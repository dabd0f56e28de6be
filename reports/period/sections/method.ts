import { heading, keyValues, paragraph, type DocumentNode, type Section } from "../../layout/nodes.ts";
import type { PackQuery } from "../../pack-queries.ts";
import type { Times } from "../../release/words.ts";
import { rulesTable } from "../../release/sections/method.ts";
import type { PeriodPackData } from "../data.ts";

/** How everything was made, what that proves and what it does not. */
export function methodSection({ queries, scope }: PeriodPackData, times: Times): Section {
  return {
    id: "method",
    title: "Method",
    nodes: [
      ...methodNodes(queries, [
        ["period_from", scope.period_from],
        ["period_until", `${scope.period_until}, not included`],
        ["period_services", scope.is_whole ? "empty: all" : "those on the cover"],
        ["period_framework", scope.framework ?? "empty: all"],
        ["time_zone", times.zone],
      ]),
    ],
  };
}

/** The same for any pack. */
export function methodNodes(
  queries: readonly PackQuery[],
  parameters: readonly (readonly [string, string])[] = [],
): DocumentNode[] {
  const own = queries.filter(({ isOwn, relation }) => isOwn === true || relation.startsWith("reports."));
  const rules = queries.filter((query) => query.rule !== null && !own.includes(query));
  return [
    paragraph(
      "Every figure and list in this pack is the result of a query over the collected records. The queries are attached as they ran; a reader who has the database can run them again. Those of the pack itself read what it is about as parameters.",
    ),
    ...(parameters.length === 0 ? [] : [keyValues(parameters)]),
    heading(3, "What this pack proves, and what not", "method.proof"),
    paragraph(
      "Hashes show that no file was altered since the pack was made. A signature shows in addition that whoever holds its key made it, if the reader got the public key from elsewhere than this pack. An unsigned pack proves nothing against somebody who rewrites files and hashes together.",
    ),
    paragraph(
      "Neither shows that the sources told the truth, that everything was collected, or that people did what the records say. Each deviation can be followed to the records behind it.",
    ),
    heading(3, "Rules", "method.rules"),
    ...rulesTable("Rules that the figures follow", rules),
    heading(3, "Tables of this pack", "method.tables"),
    ...rulesTable("Queries whose results are printed", own),
  ];
}
