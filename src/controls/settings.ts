import { z } from "zod";
import { day, name } from "../config/scalars.ts";
import { SEVERITIES } from "./entry.ts";

const listed = z.array(name).min(1);
const text = z.string().trim().min(1);

/** What quarterdeck.yaml may say of a control. */
export const controlSettings = z.strictObject({
  enabled: z.boolean().default(true).describe("False = it is not asked at all."),
  severity: z.enum(SEVERITIES).optional().describe("How bad a failure is; left out = as the control says."),
  parameters: z
    .record(name, z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]))
    .default({})
    .describe("Thresholds and lists that differ from those of the control."),
  scope: z
    .strictObject({
      services: listed.optional(),
      teams: listed.optional(),
      tiers: z.array(z.int().min(1).max(5)).min(1).optional(),
      regulated: listed.optional().describe("Regulated scopes, such as sox: at least one of them."),
      environments: listed.optional(),
    })
    .prefault({})
    .describe("Where it applies; what lies outside is `not_applicable`. Left out = everywhere."),
  reason: text.optional().describe("Why it is set otherwise than the control says; packs print it."),
  by: text.optional().describe("Who decided that."),
  since: day.optional().describe("From which day it is so."),
});

export type ControlSettings = z.output<typeof controlSettings>;
