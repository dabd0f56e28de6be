import {
  heading,
  keyValues,
  paragraph,
  space,
  type Attachment,
  type DocumentNode,
  type PackDocument,
  type Section,
} from "../layout/nodes.ts";
import type { PackPlan } from "../folder/edition.ts";
import { madeFromRows, PEOPLE } from "../folder/made-from.ts";
import { issueRows, markOf, signatureNote } from "../folder/signature-block.ts";
import { manifestEntry } from "../pack-folder.ts";
import type { PackQuery } from "../pack-queries.ts";
import { methodNodes } from "../period/sections/method.ts";
import type { CollectionLogRow, Provenance } from "../release/data.ts";
import { manifestSection } from "../release/sections/manifest.ts";
import { queryAttachments } from "../release/tables.ts";
import { furniture, timesOf, type Times } from "../release/words.ts";
import type { Dossier, DossierTables } from "./data.ts";
import { dossierFiles } from "./files.ts";
import { dossierParts, dossierVerdict } from "./parts.ts";

export interface DossierPackData {
  readonly provenance: Provenance;
  readonly dossier: Dossier;
  readonly tables: DossierTables;
  readonly queries: readonly PackQuery[];
  readonly collectionLog: readonly CollectionLogRow[];
}

const KINDS: Readonly<Record<string, string>> = {
  deployment: "production deployment",
  change_request: "change request",
};

/** One change as a document of its own. */
export function dossierDocument(data: DossierPackData, plan: PackPlan): PackDocument {
  const times = timesOf(data.provenance);
  const { provenance, dossier } = data;
  const { unit, service_title } = dossier.dossier;
  const attachments: Attachment[] = [...dossierFiles(data.tables), ...queryAttachments(data)];
  const name = `${service_title === null ? "" : `${service_title}, `}${unit}`;
  return {
    title: `Dossier: ${name}`,
    subject: `Everything known of ${unit}, from its request to what came of it`,
    author: provenance.organisation,
    language: "en",
    asOf: new Date(provenance.as_of),
    ...furniture(provenance, times, `dossier, ${name}`),
    ...markOf(plan),
    cover: cover(data, times, plan),
    sections: [
      ...dossierParts(dossier, { times, control: (control) => ({ text: control }) }).map(
        ({ id, title, nodes }): Section => ({ id, title, nodes }),
      ),
      manifestSection(
        attachments.map(({ name: file, content }) => manifestEntry(file, content)),
        plan.issuing.signer !== undefined,
      ),
      { id: "method", title: "Method", nodes: methodNodes(data.queries, times) },
    ],
    attachments,
  };
}

function cover({ provenance, dossier, queries }: DossierPackData, times: Times, plan: PackPlan): DocumentNode[] {
  const { unit, kind, service, service_title, tier, regulated, occurred_at, title } = dossier.dossier;
  return [
    space(84),
    paragraph(`${provenance.organisation}\nDossier of a ${KINDS[kind] ?? kind}`, "kicker"),
    heading(1, unit),
    paragraph(`${title === null || title === unit ? "" : `${title}. `}${dossierVerdict(dossier)}`, "lead"),
    space(30),
    keyValues([
      [
        "Service",
        service_title === null || service_title === service
          ? (service ?? "not known")
          : `${service_title} (${service ?? ""})`,
      ],
      ["Tier", tier === null ? "not recorded" : String(tier)],
      ...(regulated.length > 0 ? [["Regulated scope", regulated.join(", ")] as const] : []),
      [kind === "deployment" ? "Began" : "Filed", times.minute(occurred_at) ?? "time not recorded"],
      ["Data as of", `${times.minute(provenance.as_of) ?? ""}; all times are in the time zone ${times.zone}`],
      ["People", PEOPLE],
      ...madeFromRows(provenance, queries),
      ...issueRows(plan),
    ]),
    ...signatureNote(plan),
    paragraph(
      "A dossier brings together evidence that supports a judgement on one change. It does not judge, and it can show only what was collected.",
      "small",
    ),
  ];
}
