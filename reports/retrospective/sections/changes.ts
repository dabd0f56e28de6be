import type { Retrospective } from "../../../src/site/retrospective-rows.ts";
import { painfulStory, slowStory } from "../../../src/site/words/retrospective-stories.ts";
import { heading, link, note, paragraph, ruled, type Section } from "../../layout/nodes.ts";
import { count } from "../../release/words.ts";

/** The slowest changes and the painful deployments, each with its story. */
export function changesSection({ slowest, painful }: Retrospective): Section {
  const failures = painful[0]?.failures ?? 0;
  return {
    id: "changes",
    title: "What was slow and what hurt",
    nodes: [
      heading(3, "The slowest changes", "changes.slowest"),
      ...(slowest.length === 0
        ? [note("No data: no change is known to have reached production in this quarter.")]
        : slowest.map((row) =>
            paragraph([
              link(row.name, row.url),
              { text: ` ${row.title ?? ""} (${row.service_title} ${row.wave_name}). `, strong: true },
              slowStory(row),
            ]),
          )),
      heading(3, "The painful deployments", "changes.painful"),
      ...(painful.length === 0
        ? [note("No deployment of this quarter is known to have failed.")]
        : painful.map((row) =>
            paragraph([{ text: `${row.service_title} ${row.wave_name}. `, strong: true }, painfulStory(row)]),
          )),
      ...(failures > painful.length ? [paragraph(`${count(painful.length)} of ${count(failures)}, those still open first.`, "small")] : []),
      ruled(4),
    ],
  };
}
