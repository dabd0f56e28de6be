import { parse } from "csv-parse/sync";
import { csvAttachment, type PackTable } from "../csv-attachment.ts";
import { dossierFiles } from "../dossier/files.ts";
import type { Attachment } from "../layout/nodes.ts";
import { sha256 } from "../pack-folder.ts";
import { sampleFiles } from "../sampling/files.ts";
import { recordFile } from "../evidence/records.ts";
import type { PeriodPackData, RecordRow } from "./data.ts";

const tablesOf = (data: PeriodPackData): readonly PackTable[] => [
  { name: "controls", description: "Counts and adherence of each control", rows: data.controls },
  { name: "totals", description: "Results by family, service and month", rows: data.totals },
  { name: "deviations", description: "What fails, with the reason", rows: data.deviations },
  {
    name: "unknown",
    description: "What cannot be judged for want of evidence, with the reason",
    rows: data.openUnits,
  },
  { name: "exempt", description: "What would fail and is exempt", rows: data.exemptUnits },
  { name: "not-judged", description: "Why units were not judged", rows: data.notJudged },
  { name: "causes", description: "What lies behind the failures; the last row is of all", rows: data.causes },
  { name: "settings", description: "Settings of the controls", rows: data.settings },
  {
    name: "changed-settings",
    description: "Settings that are not those of the product",
    rows: data.changedSettings,
  },
  {
    name: "mapping",
    description: "What mappings of files change before a record is kept",
    rows: data.mappings,
  },
  {
    name: "records",
    description: "Where the records of what fails are",
    rows: data.records.map(recordPlace),
  },
  { name: "services", description: "Services of the scope", rows: data.services },
  { name: "sources", description: "What each source holds, against what it declares", rows: data.sources },
  {
    name: "source-verdicts",
    description: "What was asked of each source, and whether it is complete",
    rows: data.sourceVerdicts,
  },
  {
    name: "populations",
    description: "Populations that controls and samples are drawn from",
    rows: data.populations,
  },
  {
    name: "excluded",
    description: "Production deployments that are left out, and why",
    rows: data.excluded,
  },
  {
    name: "deployments",
    description: "Every attempt to put something into production",
    rows: data.deployments,
  },
  { name: "change-requests", description: "Change requests filed in the period", rows: data.requests },
  {
    name: "reconciliation",
    description: "Deployments and change requests held against each other",
    rows: data.reconciliation,
  },
  { name: "unreconciled", description: "What does not reconcile", rows: data.unreconciled },
  { name: "exemptions", description: "Register of exemptions", rows: data.exemptions },
  { name: "emergencies", description: "Register of emergency changes", rows: data.emergencies },
  { name: "decisions", description: "Decisions on deployments and change requests", rows: data.decisions },
  {
    name: "separation",
    description: "Where approval or separation of duties is in question",
    rows: data.separation,
  },
  {
    name: "self-approved",
    description: "Change requests approved by who asked for them",
    rows: data.selfApproved,
  },
  { name: "tests", description: "Test results of what was deployed", rows: data.tests },
  { name: "incidents", description: "Incidents and where they may come from", rows: data.incidents },
  {
    name: "clauses",
    description: "Clauses of frameworks and the controls that give evidence for them",
    rows: data.clauses,
  },
];

/** The file of evidence/ instead of the source and stream that it is made from. */
export function recordPlace({ unit_kind, unit, source, stream, line, key, sha256: hash }: RecordRow): {
  readonly [column: string]: string | number | null;
} {
  const file = source === null || stream === null ? null : recordFile({ source, stream });
  return { unit_kind, unit, file, line, key, sha256: hash };
}

/** A table as it is attached, so that a section can name its hash. */
export interface AttachedTable {
  readonly file: string;
  readonly rows: number;
  readonly sha256: string;
}

export interface PeriodTables {
  readonly attachments: readonly Attachment[];
  readonly of: (name: string) => AttachedTable | undefined;
}

/** The tables of the pack as CSV. One without rows is left out: its section says why there is nothing. */
export function periodTables(data: PeriodPackData): PeriodTables {
  const listed = tablesOf(data)
    .filter(({ rows }) => rows.length > 0)
    .map((table) => ({ file: csvAttachment(table), rows: table.rows.length }));
  const others = [
    ...(data.sample ? sampleFiles(data.sample) : []),
    ...(data.dossierTables ? dossierFiles(data.dossierTables) : []),
  ].map((file) => ({ file, rows: rowsIn(file) }));
  const all = [...listed, ...others];
  const attached = new Map(
    all.map(({ file: { name, content }, rows }) => [
      name.slice(0, name.lastIndexOf(".")),
      { file: name, rows, sha256: sha256(content) },
    ]),
  );
  return { attachments: all.map(({ file }) => file), of: (name) => attached.get(name) };
}

/** Records of a CSV, lines of anything else; a record may run over lines. */
function rowsIn({ name, content }: Attachment): number {
  const text = new TextDecoder().decode(content);
  return name.endsWith(".csv") ? parse(text).length - 1 : text.split("\n").length - 1;
}
