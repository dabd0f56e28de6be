import { metricText } from "../../../src/site/metrics.ts";
import type { Retrospective, RetrospectiveMetricRow } from "../../../src/site/retrospective-rows.ts";
import { whenText } from "../../../src/site/words/annotations.ts";
import { amountsOf, amountText, changeText, countedText, rangeText, takeoverTexts, verdictText, yearOf } from "../../../src/site/words/retrospective.ts";
import { percent, stageWords } from "../../../src/site/words/retrospective-stories.ts";
import { heading, note, paragraph, ruled, table, type Section, type Span } from "../../layout/nodes.ts";
import { duration, type Times } from "../../release/words.ts";

/** The change, and whether it is one. */
function compared(row: Pick<RetrospectiveMetricRow, "change" | "unit" | "verdict">): Span {
  const change = row.verdict === "none" ? "" : changeText(row);
  const text = [change, verdictText(row)].filter((part) => part !== "").join(": ");
  return { text, tone: row.verdict === "worse" ? "worse" : "ink" };
}

/** The five metrics, where the lead time went, and what happened beside them. */
export function metricsSection(retrospective: Retrospective, times: Times): Section {
  const { metrics, stages, events, takeovers, about } = retrospective;
  const [first] = metrics;
  const counted = countedText(retrospective);
  return {
    id: "metrics",
    title: "The five metrics, beside last quarter and the team's own year",
    nodes: [
      ...takeoverTexts(takeovers, times).map((text) => paragraph(text)),
      ...(counted === "" ? [] : [paragraph(counted, "small")]),
      table({
        caption: "Five metrics",
        columns: [
          { title: "Metric" },
          { title: about.period_label, align: "right" },
          { title: first?.previous_label ?? "Quarter before", align: "right" },
          { title: "Change" },
          { title: first?.year_label ?? "A year earlier", align: "right" },
          { title: "Change" },
          { title: "Year before", align: "right" },
        ],
        rows: metrics.map((row) => {
          const { now, before, year } = amountsOf(row);
          const cell = (of: typeof now): Span[] => {
            const { value, sure } = amountText(row.unit, of);
            return [{ text: value, strong: of === now }, ...sure.map((text): Span => ({ text: `\n${text}`, tone: "muted" }))];
          };
          return [
            metricText(row.metric).title,
            cell(now),
            cell(before),
            compared(row),
            cell(year),
            compared(yearOf(row)),
            rangeText(row),
          ];
        }),
        note: "Better or worse only where the 95 % intervals lie apart and each quarter has six facts or more. Year before: the lowest and highest of the four quarters before.",
      }),
      heading(3, "Where the lead time went", "metrics.stages"),
      stages.length === 0
        ? note("No data: no change is known to have reached production in this quarter. A source of changes or commits would bring it.")
        : table({
            caption: "Stages of the changes around the median; together they are the median",
            columns: [
              { title: "Stage" },
              { title: about.period_label, align: "right" },
              { title: "Share", align: "right" },
              { title: first?.previous_label ?? "Quarter before", align: "right" },
            ],
            rows: stages.map((row) => [
              stageWords(row.stage),
              duration(row.value_seconds),
              row.share === null ? null : percent(row.share),
              row.previous_seconds === null ? null : duration(row.previous_seconds),
            ]),
          }),
      ...(events.length === 0
        ? []
        : [
            table({
              caption: "What else happened in the quarter",
              columns: [{ title: "When" }, { title: "What" }],
              rows: events.map((row) => [whenText(row, times), row.text]),
            }),
          ]),
      ruled(3),
    ],
  };
}
