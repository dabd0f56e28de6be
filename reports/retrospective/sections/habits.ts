import type { Retrospective } from "../../../src/site/retrospective-rows.ts";
import { habitText, testedText } from "../../../src/site/words/retrospective.ts";
import { paragraph, ruled, type Section } from "../../layout/nodes.ts";

/** What goes with failures in the services of the team, or that there is not enough evidence. */
export const habitsSection = ({ habits, tested, about }: Retrospective): Section => ({
  id: "habits",
  title: "Habits that go with failures",
  nodes: [
    ...habits.flatMap((row) => [
      paragraph([
        { text: `${row.name} (${row.scope_kind === "service" ? row.shown_as : "whole organisation"}). `, strong: true },
        habitText(row, about.period_label),
      ]),
      paragraph(row.next_step, "small"),
    ]),
    paragraph(testedText(tested)),
    ruled(3),
  ],
});
