import { effectWords, intervalWords, metricValue } from "../../../src/site/words/scorecard.ts";
import { note, table, type Section, type Text } from "../../layout/nodes.ts";
import type { ExperimentRow, ReleasePackData } from "../data.ts";
import { count, type Times } from "../words.ts";

/** What experiments showed, and what was decided. */
export function outcomeSection({ experiments }: ReleasePackData, times: Times): Section {
  const title = "Outcome";
  if (experiments.length === 0)
    return { id: "outcome", title, nodes: [note("No experiment about this release is on record: a file of experiment rows would bring them.")] };
  return {
    id: "outcome",
    title,
    nodes: [
      table({
        caption: `Experiments of the release and what was decided (${count(experiments.length)})`,
        columns: [
          { title: "Experiment" },
          { title: "Metric" },
          { title: "Control", align: "right" },
          { title: "Variant", align: "right" },
          { title: "Effect", align: "right" },
          { title: "Difference, 95 % interval" },
          { title: "Decision" },
        ],
        rows: experiments.map((row) => [
          name(row),
          row.metric,
          metricValue(row.control_value) || null,
          metricValue(row.variant_value) || null,
          effectWords(row) || null,
          intervalWords(row),
          decision(row, times),
        ]),
        note: "The interval is that of the source, of variant less control. Attached as experiments.csv.",
      }),
    ],
  };
}

const name = ({ native_id: id, name: words, flag }: ExperimentRow): Text =>
  `${id}${words === null ? "" : ` ${words}`}${flag === null ? "" : ` (flag ${flag})`}`;

const decision = ({ decision: words, decided_at: at }: ExperimentRow, times: Times): string =>
  words === null ? "not decided" : `${words}${at === null ? "" : `, ${times.day(at) ?? ""}`}`;
