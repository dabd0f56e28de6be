import type { Retrospective } from "../../../src/site/retrospective-rows.ts";
import { settingText, silentSettings, toldSettings, whatIfExample } from "../../../src/site/words/what-if.ts";
import { note, paragraph, ruled, table, type Section } from "../../layout/nodes.ts";
import { count } from "../../release/words.ts";

/** What another rule would have caught, delayed and missed. */
export function whatIfSection({ whatIf, about }: Retrospective): Section {
  const told = toldSettings(whatIf).flat();
  const silent = silentSettings(whatIf);
  return {
    id: "what-if",
    title: "What another rule would have done",
    nodes: [
      paragraph(
        `Production deployments of the twelve months up to the end of ${about.period_label} of which the outcome is known, without rollbacks. Caught: the rule would have held it, and it failed. Delayed: held, and it did not fail. Missed: not held, and it failed. Nobody knows whether a failure that is caught would not have come.`,
      ),
      ...(told.length === 0
        ? []
        : [
            paragraph(whatIfExample(told)),
            table({
              caption: `Rules and what they would have done (${count(told.length)})`,
              columns: [
                { title: "Rule" },
                ...["Caught", "Delayed", "Missed", "Judged", "Not known"].map((title) => ({ title, align: "right" as const })),
              ],
              rows: told.map((row) => [
                { text: `${settingText(row)}${row.is_in_force ? " (in force)" : ""}`, strong: row.is_in_force },
                ...[row.caught, row.delayed, row.missed, row.judged, row.unknown].map(count),
              ]),
            }),
          ]),
      ...(silent.length > 0 ? [note(`No data on ${silent.join("; ")}.`)] : []),
      ruled(4),
    ],
  };
}
