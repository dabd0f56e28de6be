import { z } from "zod";

/** What a row of a control may be about. */
export const UNITS = [
  "deployment",
  "change_request",
  "release",
  "incident",
  "source",
  "period",
  "exemption",
] as const;

/** The worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

const value = z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]);
export type ParameterValue = z.output<typeof value>;

const text = z.string().min(1);

const parameter = z.strictObject({
  default: value,
  description: text,
  unit: text.optional(),
});

/** The catalogue entry of a control, in the header of its file beside what every query says. */
export const controlHeader = z.strictObject({
  control: z.string().regex(/^[A-Z][A-Z0-9]*-[0-9]{2,}$/, { error: "expected letters, - and a number, such as OWN-01" }),
  question: z.string().endsWith("?", { error: "expected a question, with ? at its end" }),
  units: z.array(z.enum(UNITS)).min(1),
  severity: z.enum(SEVERITIES),
  owner: text,
  needs: z
    .array(z.strictObject({ of: text, as: z.enum(["supporting", "adverse"]) }))
    .min(1),
  parameters: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), parameter).default({}),
  frameworks: z.record(text, z.array(text).min(1)).default({}),
  remedy: text,
  /** What to do about one result, by words of its reason; the first that fits. `{unit}` stands for what it is about. */
  steps: z.array(z.strictObject({ when: text, do: text })).default([]),
});

export type ControlHeader = z.output<typeof controlHeader>;
