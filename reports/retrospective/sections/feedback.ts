import type { Retrospective } from "../../../src/site/retrospective-rows.ts";
import { painOf } from "../../../src/site/words/pain-points.ts";
import { t } from "../../../src/site/text/message.ts";
import { meantText, statusText } from "../../../src/site/words/retrospective-actions.ts";
import { heading, note, paragraph, ruled, table, type Section } from "../../layout/nodes.ts";
import { count } from "../../release/words.ts";

const DECIDED = ["decided.action", "decided.owner", "decided.state", "decided.moves"] as const;

/** Pain points and what is done about them, for planning; with room for what is decided. */
export const feedbackSection = ({ pains, decisions, hasSupport, about }: Retrospective): Section => ({
  id: "feedback",
  title: "Feedback for planning",
  nodes: [
    pains.length === 0
      ? note("The data shows no pain point in this quarter.")
      : table({
          caption: `Pain points (${count(pains.length)})`,
          columns: [{ title: "Pain point" }, { title: "Measured" }, { title: "Action and owner" }],
          rows: pains.map((row) => {
            const { title, measured } = painOf(row);
            return [title, measured, row.actions.length === 0 ? "none yet" : row.actions.join("; ")];
          }),
          note: hasSupport
            ? "Owners are roles or teams."
            : "Owners are roles or teams. Support tickets: no data; tickets of kind “support”, or with a label such as “support” or “customer-support”, would bring them.",
        }),
    ...(decisions.length === 0
      ? []
      : [
          table({
            caption: t("decided.title", { actions: count(decisions.length) }),
            columns: DECIDED.map((key) => ({ title: t(key) })),
            rows: decisions.map((row) => [row.title, row.owner, statusText(row), meantText(row)]),
            note: t("decided.follow-up"),
          }),
        ]),
    heading(3, "What we decide", "feedback.decide"),
    paragraph(
      `Action, owner (a role or a team), the metric that should move, and by when. The attached actions-to-fill-in.csv takes it in, with team ${about.team} and quarter ${about.quarter}; the next retrospective says whether the metric moved.`,
    ),
    ruled(8),
  ],
});
