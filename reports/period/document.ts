import type { Attachment, PackDocument, Section } from "../layout/nodes.ts";
import type { PackPlan } from "../folder/edition.ts";
import { markOf } from "../folder/signature-block.ts";
import { manifestEntry } from "../pack-folder.ts";
import { queryAttachments } from "../release/tables.ts";
import { manifestSection } from "../release/sections/manifest.ts";
import { furniture, timesOf, type Times } from "../release/words.ts";
import type { PeriodPackData } from "./data.ts";
import { approvalsSection } from "./sections/approvals.ts";
import { completenessSection } from "./sections/completeness.ts";
import { controlsSection } from "./sections/controls.ts";
import { cover } from "./sections/cover.ts";
import { deploymentsSection } from "./sections/deployments.ts";
import { dossiersSection } from "./sections/dossiers.ts";
import { emergenciesSection } from "./sections/emergencies.ts";
import { exemptionsSection } from "./sections/exemptions.ts";
import { glossarySection } from "./sections/glossary.ts";
import { incidentsSection } from "./sections/incidents.ts";
import { mappingSection } from "./sections/mapping.ts";
import { methodSection } from "./sections/method.ts";
import { reconciliationSection } from "./sections/reconciliation.ts";
import { scopeSection } from "./sections/scope.ts";
import { sampleSection } from "./sections/sample.ts";
import { summarySection } from "./sections/summary.ts";
import { testsSection } from "./sections/tests.ts";
import { periodTables, type PeriodTables } from "./tables.ts";
import { periodName } from "./words.ts";

const SECTIONS: readonly ((data: PeriodPackData, times: Times, tables: PeriodTables) => Section)[] = [
  summarySection,
  scopeSection,
  completenessSection,
  reconciliationSection,
  controlsSection,
  exemptionsSection,
  emergenciesSection,
  approvalsSection,
  testsSection,
  deploymentsSection,
  sampleSection,
  dossiersSection,
  incidentsSection,
  mappingSection,
];

/** The period pack as a document: what stands in it, in which order, and what is attached. */
export function periodDocument(data: PeriodPackData, plan: PackPlan): PackDocument {
  const times = timesOf(data.provenance);
  const { provenance } = data;
  const tables = periodTables(data);
  const name = periodName(data, times);
  const attachments: Attachment[] = [
    ...tables.attachments,
    ...queryAttachments(
      data,
      data.populations.map(({ relation }) => relation),
    ),
  ];
  return {
    title: `Period pack: ${provenance.organisation}, ${name}`,
    subject: `Evidence of how changes were made from ${name}`,
    author: provenance.organisation,
    language: "en",
    asOf: new Date(provenance.as_of),
    ...furniture(provenance, times, `period pack, ${name}`),
    ...markOf(plan),
    cover: cover(data, times, plan),
    sections: [
      ...SECTIONS.map((section) => section(data, times, tables)),
      manifestSection(
        attachments.map(({ name: file, content }) => manifestEntry(file, content)),
        plan.issuing.signer !== undefined,
      ),
      methodSection(data, times, tables),
      glossarySection(),
    ],
    attachments,
  };
}
