import type { Retrospective } from "../../../src/site/retrospective-rows.ts";
import { t } from "../../../src/site/text/message.ts";
import { decidedText, metricTitle, movedText, statusText } from "../../../src/site/words/retrospective-actions.ts";
import { note, ruled, table, type Section } from "../../layout/nodes.ts";
import { count } from "../../release/words.ts";

/** What the retrospectives before decided, and what came of it. */
export function actionsSection({ actions, about }: Retrospective): Section {
  const title = "What was decided last time, and whether it moved";
  if (actions.length === 0)
    return {
      id: "actions",
      title,
      nodes: [note(`${t("action.none-known")} The attached actions-to-fill-in.csv brings what this one decides into the next.`), ruled(3)],
    };
  return {
    id: "actions",
    title,
    nodes: [
      table({
        caption: `Actions (${count(actions.length)})`,
        columns: [{ title: "Action" }, { title: "Owner" }, { title: "State" }, { title: "Meant to move" }, { title: "Did it move?" }],
        rows: actions.map((row) => [
          `${row.title} (${decidedText(row)})`,
          row.owner,
          statusText(row),
          row.metric === null ? "not said" : `${metricTitle(row.metric)}${row.service_title === null ? "" : `, ${row.service_title}`}`,
          { text: movedText(row), tone: row.verdict === "other way" ? "worse" : "ink" },
        ]),
        note: `The metric in the quarter that was looked back on, and in ${about.period_label}. It moved only where the intervals lie apart; other things changed too.`,
      }),
      ruled(3),
    ],
  };
}
