import { aspectTitle, scoreWords } from "../../../src/site/words/scorecard.ts";
import { paragraph, table, type Section } from "../../layout/nodes.ts";
import type { ReleasePackData } from "../data.ts";
import { joined } from "../words.ts";

/** What users and operations saw of the release, line by line, each with the sources that say so. */
export function scorecardSection({ scorecard }: ReleasePackData): Section {
  return {
    id: "scorecard",
    title: "Scorecard",
    nodes: [
      paragraph(
        "What became of the release once it was live. A difference before and after a deployment is no proof that the deployment made it.",
      ),
      table({
        caption: `What is known of the release (${String(scorecard.length)} lines)`,
        columns: [{ title: "What" }, { title: "What is known" }, { title: "Sources" }],
        rows: scorecard.map((row) => [
          aspectTitle(row.aspect),
          { text: scoreWords(row), tone: row.state === "bad" ? "worse" : row.state === "no data" ? "muted" : "ink" },
          row.state === "no data" ? null : joined(row.sources),
        ]),
        note: "The error rate takes requests for independent: those that fail together make its interval narrower than it should be. Attached as scorecard.csv.",
      }),
    ],
  };
}
