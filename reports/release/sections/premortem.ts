import { premortemSentence } from "../../../src/site/words/scorecard.ts";
import { link, note, paragraph, table, type Section, type Text } from "../../layout/nodes.ts";
import type { PremortemRow, ReleasePackData } from "../data.ts";
import { count, joined, type Times } from "../words.ts";

/** What somebody said beforehand could go wrong, beside what did. */
export function premortemSection({ premortem }: ReleasePackData, times: Times): Section {
  const title = "Pre-mortem";
  if (premortem.length === 0)
    return { id: "premortem", title, nodes: [note("No risk that was written down before this release is on record: a file of premortem_risk would bring them.")] };
  return {
    id: "premortem",
    title,
    nodes: [
      paragraph(premortemSentence(premortem)),
      table({
        caption: `Risks and what happened (${count(premortem.length)})`,
        columns: [{ title: "Risk" }, { title: "What would be seen" }, { title: "Watched by" }, { title: "Written" }, { title: "What happened" }],
        rows: premortem.map((row) => [link(row.risk, row.url), row.sign, row.owner, times.day(row.written_at), happened(row)]),
        note: "That a risk came true says a person who names the incident; a common class of cause is a hint. Attached as premortem.csv.",
      }),
    ],
  };
}

function happened({ state, incidents }: PremortemRow): Text {
  const which = joined(incidents);
  const isHarm = state === "came true" || state === "not foreseen";
  return { text: which === null ? state : `${state}: ${which}`, tone: isHarm ? "worse" : "ink" };
}
