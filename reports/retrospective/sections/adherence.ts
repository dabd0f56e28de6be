import type { Retrospective } from "../../../src/site/retrospective-rows.ts";
import { keptText } from "../../../src/site/words/retrospective.ts";
import { note, paragraph, ruled, table, type Section } from "../../layout/nodes.ts";
import { count } from "../../release/words.ts";

/** How the process was kept. */
export function adherenceSection({ controls, about }: Retrospective): Section {
  const title = "How the process was kept";
  const shown = controls.filter(({ control, failed, unknown }) => control !== null && failed + unknown > 0);
  const said = keptText(controls);
  if (said === "")
    return { id: "adherence", title, nodes: [note("No data: no control judged anything of this team in this quarter.")] };
  return {
    id: "adherence",
    title,
    nodes: [
      paragraph(said),
      ...(shown.length === 0
        ? []
        : [
            table({
              caption: `Controls that failed or could not be judged in ${about.period_label} (${count(shown.length)})`,
              columns: [
                { title: "Control" },
                { title: "Failed", align: "right" as const },
                { title: "Unknown", align: "right" as const },
                { title: "Passed", align: "right" as const },
                { title: "Failed before", align: "right" as const },
              ],
              rows: shown.map((row) => [
                `${row.control ?? ""} ${row.title ?? ""}`,
                count(row.failed),
                count(row.unknown),
                count(row.passed),
                count(row.previous_failed),
              ]),
            }),
          ]),
      ruled(3),
    ],
  };
}
