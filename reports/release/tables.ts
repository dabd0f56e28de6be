import { csvAttachment, type PackTable } from "../csv-attachment.ts";
import type { Attachment } from "../layout/nodes.ts";
import type { ReleasePackData } from "./data.ts";

export const tablesOf = (data: ReleasePackData): readonly PackTable[] => [
  { name: "release", description: "The release in short", rows: [data.summary] },
  { name: "changes", description: "Changes first shipped by the release", rows: data.changes },
  {
    name: "branch-commits",
    description: "Commits of the release branch that never reached the main line",
    rows: data.branchCommits,
  },
  { name: "approvals", description: "Decisions on deployments and change requests", rows: data.approvals },
  { name: "controls", description: "What controls found, result by result", rows: data.controls },
  { name: "tests", description: "Test results of what was deployed", rows: data.tests },
  { name: "deployments", description: "Deployment attempts in all environments", rows: data.deployments },
  { name: "waves", description: "Production deployments and their outcome", rows: data.waves },
  { name: "lead-times", description: "Lead time of each change and its stages", rows: data.leadTimes },
  { name: "incidents", description: "Incidents and how they are linked", rows: data.incidents },
  { name: "scorecard", description: "What is known of the release once it was live", rows: data.scorecard },
  { name: "premortem", description: "Risks that were foreseen, and what happened", rows: data.premortem },
  { name: "feature-flags", description: "Features that were exposed while the release was live", rows: data.flags },
  { name: "experiments", description: "Experiments of the release and what was decided", rows: data.experiments },
  { name: "sources", description: "Sources, records held and rows rejected", rows: data.sources },
  { name: "completeness", description: "Who says what is complete", rows: data.completeness },
];

/** The tables of the pack as CSV. One without rows is left out: its section says why there is nothing. */
export function tableAttachments(data: ReleasePackData): Attachment[] {
  return tablesOf(data)
    .filter(({ rows }) => rows.length > 0)
    .map(csvAttachment);
}

/** The queries of this pack's tables and every rule that they follow, and those of `also`. */
export function queryAttachments(
  { queries }: Pick<ReleasePackData, "queries">,
  also: readonly string[] = [],
): Attachment[] {
  return queries
    .filter(
      ({ relation, rule, isLocal, isOwn }) =>
        isOwn === true ||
        relation.startsWith("reports.") ||
        rule !== null ||
        isLocal ||
        also.includes(relation),
    )
    .map(({ relation, title, text }) => ({
      name: `${relation}.sql`,
      type: "application/sql",
      relationship: "Source",
      description: title,
      content: new TextEncoder().encode(text),
    }));
}
