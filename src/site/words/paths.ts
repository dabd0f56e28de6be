import type { PathTypeRow, PathVariantRow } from "../control-rows.ts";
import { count, plural } from "../format.ts";

const TITLES: Readonly<Record<string, string>> = {
  request: "Request",
  review: "Review",
  tests: "Tests",
  staging: "Staging",
  approval: "Approval",
  production: "Production",
  validation: "Validation",
  post_review: "Review afterwards",
};

/** A step as pages name it. */
export const stepTitle = (step: string): string => TITLES[step] ?? step;

const TYPES: Readonly<Record<string, string>> = {
  emergency: "Emergency changes",
  no_request: "Without a change request",
  normal: "Normal changes",
  standard: "Standard changes",
};

/** Which changes a section of the page is about. */
export const typeTitle = (type: string): string => TYPES[type] ?? type;

/** How the changes of a type keep to their path. */
export function typeSentence({ deployments, kept, missing, late, steps }: PathTypeRow): string {
  if (steps.length === 0) return `${plural(deployments, "deployment", "deployments")}; no path is required of them.`;
  return `${count(kept)} of ${plural(deployments, "deployment", "deployments")} kept to the required path; a required step is not known of ${count(missing)}, and came late in ${count(late)}.`;
}

/** Where a variant leaves its path. */
export function departureWords({ departs_at, departure }: PathVariantRow): string {
  if (departs_at === null) return "kept";
  return departure === "late"
    ? `${stepTitle(departs_at)} came late`
    : `${stepTitle(departs_at)} ${departs_at === "tests" ? "are" : "is"} not known`;
}
