import type { DocumentNode } from "../layout/nodes.ts";
import { count, joined, some } from "../release/words.ts";
import type { Dossier } from "./data.ts";
import type { PartContext } from "./parts/context.ts";
import { approvalPart } from "./parts/approval.ts";
import { controlPart } from "./parts/controls.ts";
import { coursePart } from "./parts/course.ts";
import { deploymentPart } from "./parts/deployment.ts";
import { dutiesPart } from "./parts/duties.ts";
import { incidentPart } from "./parts/incidents.ts";
import { requestPart } from "./parts/request.ts";
import { reviewPart } from "./parts/review.ts";
import { testPart } from "./parts/tests.ts";
import { validationPart } from "./parts/validation.ts";

export type { PartContext };

/** A step of the way that a change goes, with what is known of it. */
export interface DossierPart {
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly DocumentNode[];
}

type PartOf = (dossier: Dossier, context: PartContext) => readonly DocumentNode[];

const PARTS: readonly (readonly [string, string, PartOf])[] = [
  ["request", "Request and risk", requestPart],
  ["approval", "Approval", approvalPart],
  ["review", "Changes and review", reviewPart],
  ["tests", "Tests", testPart],
  ["duties", "Separation of duties", dutiesPart],
  ["deployment", "Deployment", deploymentPart],
  ["validation", "Validation and other evidence", validationPart],
  ["incidents", "Outcome and incidents", incidentPart],
  ["controls", "What controls say", controlPart],
  ["course", "Course of events", coursePart],
];

/** From the request to what came of it. */
export const dossierParts = (dossier: Dossier, context: PartContext): DossierPart[] =>
  PARTS.map(([id, title, part]) => ({ id, title, nodes: part(dossier, context) }));

/** What the controls found, in a sentence. */
export function dossierVerdict({ controls }: Dossier): string {
  const of = (status: string) => controls.filter((row) => row.status === status);
  const judged = controls.filter(({ status }) => status !== "not_applicable").length;
  if (judged === 0) return "No control applies to it.";
  const named = (status: string, word: string) => {
    const rows = of(status);
    return rows.length === 0
      ? ""
      : ` ${count(rows.length)} ${word}: ${joined([...new Set(rows.map(({ control }) => control))]) ?? ""}.`;
  };
  return `${some(judged, "result")} of controls that apply; ${count(of("pass").length)} pass.${named("fail", "fail")}${named("unknown", "unknown")}${named("exempt", "exempt")}`;
}
