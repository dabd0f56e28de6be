import { MINUTE } from "./clock.ts";
import type { Incident } from "./records.ts";

/** What monitoring has not found after half an hour is found by customers, and the desk marks it so. */
export const labelsOf = ({ startedAt, detectedAt }: Incident): string[] =>
  detectedAt - startedAt > 30 * MINUTE ? ["customer-reported"] : [];
