import { z } from "zod";
import { oneOf, didYouMean } from "../../src/config/suggest.ts";
import { day, name, timeZone } from "../../src/config/scalars.ts";
import { completeness } from "../completeness.ts";
import { placeholdersOf, PLACEHOLDERS } from "./pattern.ts";

export const FORMATS = [
  "junit",
  "cobertura",
  "lcov",
  "sarif",
  "cyclonedx",
  "spdx",
  "in-toto",
  "icalendar",
] as const;

export type Format = (typeof FORMATS)[number];

const CALENDAR_KINDS = ["freeze", "blackout", "maintenance", "stabilisation", "peak", "milestone"] as const;

const place = z
  .string()
  .min(1)
  .superRefine((path, context) => {
    const names = placeholdersOf(path);
    for (const found of names.filter((one) => !(PLACEHOLDERS as readonly string[]).includes(one)))
      context.addIssue({
        code: "custom",
        message: `expected {${oneOf(PLACEHOLDERS)}} as placeholder, found {${found}}${didYouMean(found, PLACEHOLDERS)}`,
      });
    if (names.length > 0 && /[[\]()!]|\{[^}]*[^\w}][^}]*\}/.test(path))
      context.addIssue({
        code: "custom",
        message: "expected no pattern but *, ** and ? beside placeholders: list several paths instead",
      });
  })
  .describe(
    "File or glob, relative to quarterdeck.yaml. {service}, {sha}, {version}, {digest}, {environment}, {suite} and {run} say what stands in their place.",
  );

const properties = z
  .partialRecord(z.enum(PLACEHOLDERS), z.string().min(1))
  .default({})
  .describe(
    "What is said by which property of a JUnit suite, where the path does not say it: `sha: git.commit`.",
  );

const file = z
  .strictObject({
    path: place,
    format: z.enum(FORMATS).optional().describe("Left out = what the content shows."),
    service: name.optional().describe("Service that the files are about."),
    environment: name.optional().describe("Environment that they are about."),
    suite: name.optional().describe("Name of the suite: all files of a commit are one result of it."),
    kind: name
      .optional()
      .describe(
        "Tests: unit, integration, smoke ... Scans: security_scan, static_analysis, secret_scan ... Left out = what the content shows.",
      ),
    zone: timeZone
      .default("UTC")
      .describe("Time zone of times in JUnit files without offset. Calendars have the organisation's."),
    properties,
    kinds: z
      .record(z.string().min(1), z.enum(CALENDAR_KINDS))
      .default({})
      .describe(
        "Calendars: a category, or words of a title -> what it is. Categories called freeze, blackout, maintenance, stabilisation, peak or milestone need no entry.",
      ),
    scope: name
      .optional()
      .describe("Calendars: service, team or environment that they are about; left out = everywhere."),
    from: day.optional().describe("Calendars: first day on which repeated events are of interest."),
    until: day.optional().describe("Calendars: first day on which repeated events are of no more interest."),
  })
  .superRefine((entry, context) => {
    for (const key of ["service", "environment", "suite"] as const)
      if (entry[key] !== undefined && placeholdersOf(entry.path).includes(key))
        context.addIssue({ code: "custom", path: [key], message: `is said by the path: {${key}}` });
    if (entry.from !== undefined && entry.until !== undefined && entry.from >= entry.until)
      context.addIssue({ code: "custom", path: ["until"], message: "expected a day after `from`" });
  });

export type FileEntry = z.output<typeof file>;

export const evidenceConfig = z.strictObject({
  collector: z.literal("evidence"),
  files: z
    .array(file)
    .min(1)
    .describe("Files to read. Of several entries that match a file the first counts."),
  mode: z
    .enum(["append", "snapshot"])
    .default("append")
    .describe(
      "`append`: what a file said stays when the file is gone, as pipelines clear their folders. `snapshot`: what is no longer there no longer counts.",
    ),
  keys: z
    .array(z.string().min(1))
    .default([])
    .describe(
      "Files with public keys (PEM), relative to quarterdeck.yaml: signatures are verified with them.",
    ),
  complete: z.array(completeness).default([]).describe("What these files are everything of."),
});

export type EvidenceConfig = z.output<typeof evidenceConfig>;
