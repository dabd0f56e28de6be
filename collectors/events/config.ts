import { z } from "zod";
import { name } from "../../src/config/scalars.ts";
import { completeness } from "../completeness.ts";

const path = z
  .string()
  .regex(/^[^.~/\p{Cc}]+(?:\.[^.~/\p{Cc}]+)*$/u, "expected a dotted path, such as customData.app.name")
  .optional();

const fields = z.strictObject({
  service: path.describe(
    "Dotted path to the service; left out = `subject.content.service.id`, or the subject of service events.",
  ),
  environment: path.describe("Dotted path to the environment; left out = `subject.content.environment.id`."),
  repository: path.describe("Dotted path to the repository; left out = `subject.content.repository.id`."),
  sha: path.describe("Dotted path to the commit; left out = what the artifact's package URL says."),
  version: path.describe("Dotted path to the version; left out = what the artifact's package URL says."),
});

export const eventsConfig = z.strictObject({
  collector: z.literal("events"),
  paths: z
    .array(z.string().min(1))
    .min(1)
    .describe(
      "Files or globs, relative to quarterdeck.yaml: NDJSON, or JSON when the name ends in .json; .gz is unpacked.",
    ),
  services: z
    .record(z.string().min(1), name)
    .default({})
    .describe("What events call a service -> its name. What is not listed stays as it is."),
  fields: fields
    .prefault({})
    .describe("Where your producers write what the standard has no field for, or write it elsewhere."),
  complete: z.array(completeness).default([]).describe("What these events are everything of."),
});

export type EventsConfig = z.output<typeof eventsConfig>;
