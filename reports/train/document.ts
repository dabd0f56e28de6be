import {
  heading,
  keyValues,
  paragraph,
  space,
  table,
  type Attachment,
  type DocumentNode,
  type PackDocument,
  type Section,
} from "../layout/nodes.ts";
import type { CsvRow } from "../csv.ts";
import { csvAttachment } from "../csv-attachment.ts";
import type { PackPlan } from "../folder/edition.ts";
import { madeFromRows } from "../folder/made-from.ts";
import { issueRows, markOf, signatureNote } from "../folder/signature-block.ts";
import { manifestEntry } from "../pack-folder.ts";
import type { PackQuery } from "../pack-queries.ts";
import { anchor } from "../period/words.ts";
import type { CollectionLogRow, Provenance, ReleasePackData } from "../release/data.ts";
import { releaseSections } from "../release/document.ts";
import { manifestSection } from "../release/sections/manifest.ts";
import { methodSection } from "../release/sections/method.ts";
import { provenanceSection } from "../release/sections/provenance.ts";
import { queryAttachments, tablesOf } from "../release/tables.ts";
import { count, furniture, releaseName, some, timesOf, type Times } from "../release/words.ts";

export interface TrainPackData {
  readonly train: string;
  readonly provenance: Provenance;
  /** By service and version; a train has one at least. */
  readonly releases: readonly ReleasePackData[];
  readonly queries: readonly PackQuery[];
  readonly collectionLog: readonly CollectionLogRow[];
}

/** All releases that were shipped together, each with the sections of a release pack. */
export function trainDocument(data: TrainPackData, plan: PackPlan): PackDocument {
  const times = timesOf(data.provenance);
  const { provenance, train, releases } = data;
  const attachments: Attachment[] = [...trainTables(releases), ...queryAttachments(data)];
  const [first] = releases;
  return {
    title: `Release train pack: ${train}`,
    subject: `Changes, approvals, tests, deployments, lead times and incidents of the releases of ${train}`,
    author: provenance.organisation,
    language: "en",
    asOf: new Date(provenance.as_of),
    ...furniture(provenance, times, `release train pack, ${train}`),
    ...markOf(plan),
    cover: cover(data, times, plan),
    sections: [
      releasesSection(releases, times),
      ...releases.flatMap((release, index) =>
        releaseSections(release, times).map((section) =>
          under(section, `r${index + 1}`, releaseName(release.summary)),
        ),
      ),
      ...(first
        ? [provenanceSection({ ...first, completeness: unique(releases) }, times), methodSection(first)]
        : []),
      manifestSection(
        attachments.map(({ name: file, content }) => manifestEntry(file, content)),
        plan.issuing.signer !== undefined,
      ),
    ],
    attachments,
  };
}

/** Releases of one service may share an assertion. */
function unique(releases: readonly ReleasePackData[]): ReleasePackData["completeness"] {
  return [
    ...new Map(
      releases
        .flatMap(({ completeness }) => completeness)
        .map((row) => [JSON.stringify({ ...row, version: null }), row]),
    ).values(),
  ];
}

/** A section of one release among others: named by it, with places that no other release has. */
function under({ id, title, nodes }: Section, prefix: string, name: string): Section {
  const placed = (node: DocumentNode): DocumentNode =>
    node.kind === "heading" && node.id !== undefined ? { ...node, id: `${prefix}.${anchor(node.id)}` } : node;
  return { id: `${prefix}.${id}`, title: `${name}: ${title}`, nodes: nodes.map(placed) };
}

function releasesSection(releases: readonly ReleasePackData[], times: Times): Section {
  return {
    id: "releases",
    title: "Releases of the train",
    nodes: [
      table({
        caption: `Releases that were shipped together (${count(releases.length)})`,
        columns: [
          { title: "Release" },
          { title: "Live" },
          { title: "Changes", align: "right" },
          { title: "Approved", align: "right" },
          { title: "Deployments", align: "right" },
          { title: "Failed", align: "right" },
          { title: "Incidents", align: "right" },
        ],
        rows: releases.map(({ summary }, index) => [
          { text: releaseName(summary), to: `r${index + 1}.summary` },
          times.minute(summary.first_live_at) ?? "not known to be live",
          count(summary.changes),
          count(summary.approved_changes),
          count(summary.waves),
          {
            text: count(summary.failed_waves),
            ...(summary.failed_waves > 0 ? { strong: true, tone: "worse" as const } : {}),
          },
          count(summary.accepted_incidents),
        ]),
        note: "A change that shipped in several services is listed with each.",
      }),
    ],
  };
}

function cover({ provenance, train, releases, queries }: TrainPackData, times: Times, plan: PackPlan): DocumentNode[] {
  return [
    space(84),
    paragraph(`${provenance.organisation}\nRelease train pack`, "kicker"),
    heading(1, train),
    paragraph(
      `${some(releases.length, "release")} ${releases.length === 1 ? "was" : "were"} to ship together: ${releases.map(({ summary }) => releaseName(summary)).join(", ")}.`,
      "lead",
    ),
    space(30),
    keyValues([
      [
        "Data as of",
        `${times.minute(provenance.as_of) ?? ""}; all times in this pack are in the time zone ${times.zone}`,
      ],
      ...madeFromRows(provenance, queries),
      ...issueRows(plan),
    ]),
    ...signatureNote(plan),
    paragraph(
      "This pack brings together evidence that supports a judgement on the releases. It does not judge, and it can show only what was collected: the section “Completeness and provenance” says what that was.",
      "small",
    ),
  ];
}

/** One file a table, over all releases: their rows name service and version. */
function trainTables(releases: readonly ReleasePackData[]): Attachment[] {
  const names = new Map<string, { description: string; rows: CsvRow[] }>();
  for (const release of releases) {
    for (const { name, description, rows } of tablesOf(release)) {
      const table_ = names.get(name) ?? { description, rows: [] };
      table_.rows.push(...(name === "sources" && table_.rows.length > 0 ? [] : rows));
      names.set(name, table_);
    }
  }
  return [...names]
    .filter(([, { rows }]) => rows.length > 0)
    .map(([name, { description, rows }]) => csvAttachment({ name, description, rows }));
}
