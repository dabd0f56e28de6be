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

/** Which changes a section of the page is about. */
export const typeTitle = (type: string): string =>
  type === "normal" ? "Normal changes, and those without a request" : `${type.charAt(0).toUpperCase()}${type.slice(1)} changes`;

/** How the changes of a type keep to their path. */
export function typeSentence({ deployments, kept, missing, late, without_request, steps }: PathTypeRow): string {
  if (steps.length === 0) return `${plural(deployments, "deployment", "deployments")}; no path is required of them.`;
  const left = `a required step is not known of ${count(missing)}, and came late in ${count(late)}`;
  const bare = without_request === 0 ? "" : ` ${count(without_request)} name no change request.`;
  return `${count(kept)} of ${plural(deployments, "deployment", "deployments")} kept to the required path; ${left}.${bare}`;
}

/** Where a variant leaves its path. */
export function departureWords({ departs_at, departure }: PathVariantRow): string {
  if (departs_at === null) return "kept";
  return departure === "late" ? `${stepTitle(departs_at)} came late` : `${stepTitle(departs_at)} is not known`;
}
