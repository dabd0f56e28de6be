import { figure, note, paragraph, table, type DocumentNode, type Section } from "../../layout/nodes.ts";
import type { LeadTimeRow, LeadTimeSummaryRow, ReleasePackData } from "../data.ts";
import { leadTimeFigure } from "../lead-time-figure.ts";
import { changeName, count, duration, seconds, some, type Times } from "../words.ts";

/** How long each change took, and where the time went. Bases of lead time are never mixed. */
export function leadTimesSection({ leadTimes, leadTimeSummary }: ReleasePackData, _times: Times): Section {
  const title = "Lead times";
  if (leadTimes.length === 0) {
    return {
      id: "lead-times",
      title,
      nodes: [
        note(
          "No lead time is known: it needs a change of this release and the production deployment that brought it first. A source of changes or commits would bring it.",
        ),
      ],
    };
  }
  return {
    id: "lead-times",
    title,
    nodes: leadTimeSummary.flatMap((summary) =>
      basisNodes(
        summary,
        leadTimes.filter(({ basis }) => basis === summary.basis),
      ),
    ),
  };
}

function basisNodes(summary: LeadTimeSummaryRow, rows: readonly LeadTimeRow[]): DocumentNode[] {
  const { basis, n, median_seconds, shortest_seconds, longest_seconds } = summary;
  const range =
    n > 1 ? ` The shortest was ${duration(shortest_seconds)}, the longest ${duration(longest_seconds)}.` : "";
  const few = n < 6 ? " With fewer than six changes no interval is given." : "";
  return [
    paragraph(
      `From ${basis} to production, half of the changes took ${duration(median_seconds)} or less (n = ${count(n)}).${range}${few}`,
    ),
    ...(n > 1
      ? [
          figure({
            ...leadTimeFigure(rows, summary),
            caption: `From ${basis} to production: each point is a change, n = ${count(n)}, logarithmic axis`,
          }),
        ]
      : []),
    table({
      caption: `Lead time from ${basis} and its stages (${some(n, "change")})`,
      columns: [
        { title: "Change" },
        { title: "Title" },
        { title: "Lead time", align: "right" },
        { title: "Coding", align: "right" },
        { title: "Pickup", align: "right" },
        { title: "Review", align: "right" },
        { title: "No review", align: "right" },
        { title: "Merge to live", align: "right" },
      ],
      rows: rows.map((row) => [
        changeName(row),
        row.title,
        duration(row.lead_seconds),
        seconds(row.coding_seconds),
        seconds(row.pickup_seconds),
        seconds(row.review_seconds),
        seconds(row.no_review_seconds),
        seconds(row.merge_to_live_seconds),
      ]),
      note: "A dash is a stage that the change did not pass or that no source tells. Attached as lead-times.csv.",
    }),
  ];
}
