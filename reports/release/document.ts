import type { PackPlan } from "../folder/edition.ts";
import { manifestEntry } from "../folder/files.ts";
import { markOf } from "../folder/signature-block.ts";
import type { Attachment, PackDocument, Section } from "../layout/nodes.ts";
import type { ReleasePackData } from "./data.ts";
import { approvalsSection } from "./sections/approvals.ts";
import { changesSection } from "./sections/changes.ts";
import { controlsSection } from "./sections/controls.ts";
import { cover } from "./sections/cover.ts";
import { deploymentsSection } from "./sections/deployments.ts";
import { exposureSection } from "./sections/exposure.ts";
import { incidentsSection } from "./sections/incidents.ts";
import { leadTimesSection } from "./sections/lead-times.ts";
import { manifestSection } from "./sections/manifest.ts";
import { methodSection } from "./sections/method.ts";
import { outcomeSection } from "./sections/outcome.ts";
import { premortemSection } from "./sections/premortem.ts";
import { provenanceSection } from "./sections/provenance.ts";
import { scorecardSection } from "./sections/scorecard.ts";
import { summarySection } from "./sections/summary.ts";
import { testsSection } from "./sections/tests.ts";
import { queryAttachments, tableAttachments } from "./tables.ts";
import { furniture, releaseName, timesOf, type Times } from "./words.ts";

const SECTIONS = [
  summarySection,
  changesSection,
  approvalsSection,
  controlsSection,
  testsSection,
  deploymentsSection,
  leadTimesSection,
  incidentsSection,
  scorecardSection,
  premortemSection,
  exposureSection,
  outcomeSection,
];

/** What is about the release itself. */
export const releaseSections = (data: ReleasePackData, times: Times): Section[] =>
  SECTIONS.map((section) => section(data, times));

/** The release pack as a document: what stands in it, in which order, and what is attached. */
export function releaseDocument(data: ReleasePackData, plan: PackPlan): PackDocument {
  const times = timesOf(data.provenance);
  const { provenance, summary } = data;
  const name = releaseName(summary);
  const attachments: Attachment[] = [...tableAttachments(data), ...queryAttachments(data)];
  return {
    title: `Release pack: ${name}`,
    subject: `Changes, approvals, tests, deployments, lead times and incidents of ${name}`,
    author: provenance.organisation,
    language: "en",
    asOf: new Date(provenance.as_of),
    ...furniture(provenance, times, `release pack, ${name}`),
    ...markOf(plan),
    cover: cover(data, times, plan),
    sections: [
      ...releaseSections(data, times),
      provenanceSection(data, times),
      methodSection(data),
      manifestSection(
        attachments.map(({ name: file, content }) => manifestEntry(file, content)),
        plan.issuing.signer !== undefined,
      ),
    ],
    attachments,
  };
}
