import type { PathTypeRow, PathVariantRow } from "../control-rows.ts";
import { count } from "../format.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

const STEPS: Names = {
  request: "path-step.request",
  review: "path-step.review",
  tests: "path-step.tests",
  staging: "path-step.staging",
  approval: "path-step.approval",
  production: "path-step.production",
  validation: "path-step.validation",
  post_review: "path-step.post-review",
};

/** A step as pages name it. */
export const stepTitle = (step: string): string => named(STEPS, step);

const TYPES: Names = {
  emergency: "path-type.emergency",
  no_request: "path-type.no-request",
  normal: "path-type.normal",
  standard: "path-type.standard",
};

/** Which changes a section of the page is about. */
export const typeTitle = (type: string): string => named(TYPES, type);

/** How the changes of a type keep to their path. */
export function typeSentence({ deployments, kept, missing, late, steps }: PathTypeRow): string {
  if (steps.length === 0) return t("paths.none-required", { deployments });
  return t("paths.kept-to", { deployments, kept: count(kept), missing: count(missing), late: count(late) });
}

/** Where a variant leaves its path. */
export function departureWords({ departs_at: at, departure }: PathVariantRow): string {
  if (at === null) return t("paths.kept");
  const step = stepTitle(at);
  return departure === "late" ? t("paths.came-late", { step }) : t("paths.not-known", { step, at });
}
