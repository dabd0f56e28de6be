import { z } from "zod";
import { entities, type EntityName } from "./files/entities.ts";

export const entityName = z.enum(Object.keys(entities) as [EntityName, ...EntityName[]]);

/** What the file of `init` says where a name is to be written: it is no one's word. */
const PLACEHOLDER = "your name";

/** Somebody's word that a source holds every record of a kind. */
export const completeness = z
  .strictObject({
    entity: entityName.describe("Kind of record."),
    services: z
      .union([z.literal("all"), z.array(z.string().min(1)).min(1)])
      .default("all")
      .describe("Services that it is complete for."),
    from: z.iso.date().optional().describe("First day; left out = always."),
    until: z.iso
      .date()
      .optional()
      .describe("First day no longer complete; left out = until the last collection."),
    asserted_by: z
      .string()
      .min(1)
      .refine((name) => name.trim().toLowerCase() !== PLACEHOLDER, { error: "expected the name of the person whose word this is" })
      .describe("Who says so; printed wherever it matters."),
    asserted_at: z.iso.date().optional().describe("Day on which it was said."),
  })
  .refine(({ from, until }) => !from || !until || from < until, {
    path: ["until"],
    error: "expected a day after `from`",
  });
