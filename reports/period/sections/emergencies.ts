import { link, note, paragraph, table, type Section, type Text } from "../../layout/nodes.ts";
import { count, some, type Times } from "../../release/words.ts";
import type { EmergencyRow, PeriodPackData } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs, statusText, unitCell } from "../words.ts";

/** Changes that took the short way: were they emergencies, and were they looked at afterwards? */
export function emergenciesSection(
  { emergencies, requests }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): Section {
  const title = "Emergency changes";
  if (emergencies.length === 0) {
    const reason =
      requests.length === 0
        ? "No change request of the period was collected, so whether there were emergencies is not known."
        : `None of ${some(requests.length, "change request")} of the period is of type emergency.`;
    return { id: "emergencies", title, nodes: [note(reason)] };
  }
  return {
    id: "emergencies",
    title,
    nodes: [
      paragraph(
        `${some(emergencies.length, "change request")} of ${count(requests.length)} ${emergencies.length === 1 ? "is" : "are"} of type emergency. EMG-01 asks whether there was an emergency and who allowed it, EMG-02 whether somebody looked at it afterwards.`,
      ),
      table({
        caption: `Register of emergency changes (${count(emergencies.length)})`,
        columns: [
          { title: "Change request" },
          { title: "Deployments" },
          { title: "Genuine and authorised" },
          { title: "Reviewed afterwards" },
        ],
        rows: emergencies.map((row) => [
          unitCell(
            [link(row.change_request_id, row.url), row.title === null ? "" : `: ${row.title}`],
            row.service_title,
            times.minute(row.occurred_at),
          ),
          row.deployments.length === 0 ? "none" : row.deployments.join("\n"),
          said(row.genuine_status, row.genuine_reason),
          review(row),
        ]),
        note: attachedAs(tables.of("emergencies")),
      }),
    ],
  };
}

const said = (status: string | null, reason: string | null): Text =>
  status === null
    ? { text: "not judged: switched off", tone: "muted" }
    : [statusText(status), `: ${reason ?? ""}`];

const review = ({ review_status, review_reason, is_review_not_due }: EmergencyRow): Text =>
  is_review_not_due
    ? { text: `not due yet: ${review_reason ?? ""}`, tone: "muted" }
    : said(review_status, review_reason);
