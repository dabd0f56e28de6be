import { exposureWords } from "../../../src/site/words/scorecard.ts";
import { note, table, type Section } from "../../layout/nodes.ts";
import type { ReleasePackData } from "../data.ts";
import { count, type Times } from "../words.ts";

/** Which features were open to whom while the release was live. */
export function exposureSection({ flags }: ReleasePackData, times: Times): Section {
  const title = "Feature exposure";
  if (flags.length === 0)
    return { id: "exposure", title, nodes: [note("No feature flag that was on while this release was live is on record: a file of flag rows would bring them.")] };
  return {
    id: "exposure",
    title,
    nodes: [
      table({
        caption: `Features that were on while the release was live (${count(flags.length)})`,
        columns: [
          { title: "Flag" },
          { title: "When it went live" },
          { title: "When the next version did, or as-of" },
          { title: "Switches", align: "right" },
          { title: "Last switched" },
        ],
        rows: flags.map((row) => {
          const { then, last } = exposureWords(row);
          return [row.name, then, last, count(row.switches), times.minute(row.last_at)];
        }),
        note: "Attached as feature-flags.csv.",
      }),
    ],
  };
}
