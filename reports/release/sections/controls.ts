import { note, paragraph, table, type Section, type Text } from "../../layout/nodes.ts";
import type { ControlResultRow, ReleasePackData } from "../data.ts";
import { count, some } from "../words.ts";

/** The worst first. */
const ORDER = ["fail", "unknown", "exempt"];

/** What controls found, every failure with its reason: a pack that left them to a file beside it would hide them. */
export function controlsSection({ controls }: ReleasePackData): Section {
  const inScope = controls.filter(({ is_outside }) => !is_outside);
  if (inScope.length === 0) return { id: "controls", title: "Controls", nodes: [note(unjudged(controls))] };
  const open = inScope
    .filter(({ status }) => ORDER.includes(status))
    .toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  return {
    id: "controls",
    title: "Controls",
    nodes: [
      paragraph(
        `${resultsText(inScope)} A result is what one control says of one attempt, change request or of the release itself; the page of the release counts each control once, by the worst of its results.${left(controls)}`,
      ),
      open.length === 0
        ? paragraph("None of them fails, is unknown or exempt.")
        : table({
            caption: `Results that do not pass (${count(open.length)})`,
            columns: [{ title: "Control" }, { title: "Result" }, { title: "Of" }, { title: "Reason" }],
            rows: open.map((row) => [
              `${row.control} ${row.title}`,
              statusText(row),
              row.environment === null ? row.unit : `${row.unit} (${row.environment})`,
              row.reason,
            ]),
            note: "All results are attached as controls.csv.",
          }),
    ],
  };
}

/** For the cover: how many results fail or are unknown, in how many controls. */
export function controlsSentence({ controls }: ReleasePackData): string {
  const inScope = controls.filter(({ is_outside }) => !is_outside);
  if (inScope.length === 0) return unjudged(controls);
  const failed = inScope.filter(({ status }) => status === "fail");
  const names = [...new Set(failed.map(({ control }) => control))];
  const unknown = inScope.filter(({ status }) => status === "unknown").length;
  const open = unknown === 0 ? "" : ` Of ${some(unknown, "result")} nobody can tell.`;
  if (failed.length === 0) return `No result of a control fails.${open}`;
  return `${some(failed.length, "result")} of controls ${failed.length === 1 ? "fails" : "fail"}: ${names.join(", ")}.${open}`;
}

/** `46 results: 40 pass, 3 fail, 3 not applicable.` */
function resultsText(rows: readonly ControlResultRow[]): string {
  const of = (wanted: string) => rows.filter(({ status }) => status === wanted).length;
  const parts = [
    `${count(of("pass"))} pass`,
    `${count(of("fail"))} fail`,
    `${count(of("unknown"))} unknown`,
    `${count(of("exempt"))} exempt`,
    `${count(of("not_applicable"))} not applicable or not due`,
  ];
  return `${some(rows.length, "result")}: ${parts.join(", ")}.`;
}

function left(rows: readonly ControlResultRow[]): string {
  const outside = rows.filter(({ is_outside }) => is_outside).length;
  return outside === 0 ? "" : ` The configuration leaves out ${some(outside, "more result")}.`;
}

function unjudged(rows: readonly ControlResultRow[]): string {
  return rows.length === 0
    ? "No control judged this release."
    : "No control judged this release: the scope that the configuration gives them leaves it out.";
}

function statusText({ status }: ControlResultRow): Text {
  return { text: status, tone: status === "fail" ? "worse" : "ink" };
}
