export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly exempt: number;
  readonly not_applicable: number;
  readonly not_due: number;
}

/** All counts, always: a rate or one of them alone would mislead. */
export const countsText = ({ passed, failed, unknown, exempt, not_applicable, not_due }: Counts): string =>
  `${passed} pass, ${failed} fail, ${unknown} unknown, ${exempt} exempt, ${not_applicable} not applicable, ${not_due} not due`;
