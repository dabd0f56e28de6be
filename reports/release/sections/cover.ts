import { heading, keyValues, paragraph, space, type DocumentNode } from "../../layout/nodes.ts";
import type { PackPlan } from "../../folder/edition.ts";
import { madeFromRows } from "../../folder/made-from.ts";
import { issueRows, signatureNote } from "../../folder/signature-block.ts";
import type { ReleasePackData } from "../data.ts";
import { controlsSentence } from "./controls.ts";
import { releaseName, shortSha, verdict, type Times } from "../words.ts";

export function cover(data: ReleasePackData, times: Times, plan: PackPlan): DocumentNode[] {
  const { provenance, summary, queries } = data;
  return [
    space(84),
    paragraph(`${provenance.organisation}\nRelease pack`, "kicker"),
    heading(1, releaseName(summary)),
    paragraph(`${verdict(summary, times)} ${controlsSentence(data)}`, "lead"),
    space(42),
    keyValues([
      [
        "Service",
        summary.service_title === null || summary.service_title === summary.service
          ? summary.service
          : `${summary.service_title} (${summary.service})`,
      ],
      ["Version", summary.version],
      ["Commit", shortSha(summary.sha) ?? "not recorded"],
      ["Team", summary.teams ?? "not recorded"],
      ...(summary.regulated.length > 0 ? [["Regulated scope", summary.regulated.join(", ")] as const] : []),
      [
        "Data as of",
        `${times.minute(provenance.as_of)}; all times in this pack are in the time zone ${times.zone}`,
      ],
      ...madeFromRows(provenance, queries),
      ...issueRows(plan),
    ]),
    ...signatureNote(plan),
    paragraph(
      "This pack brings together evidence that supports a judgement on the release. It does not judge, and it can show only what was collected: the section “Completeness and provenance” says what that was.",
      "small",
    ),
  ];
}
