import { z } from "zod";

/** What is made of a measure's facts: by it, SQL knows what a figure and its interval are. */
export const STATISTICS = ["median", "mean", "share", "sum", "count"] as const;

const text = z.string().min(1);

/** What a measure says of itself in the header of its file, beside what every query says: its definition. */
export const measureHeader = z.strictObject({
  measure: z.string().regex(/^[a-z][a-z0-9_]*$/, { error: "expected the name of its file, such as branch_age" }),
  question: z.string().endsWith("?", { error: "expected a question, with ? at its end" }),
  rule: text,
  /** `seconds` and `ratio` are written as durations and percentages, anything else stands behind the number. */
  unit: text.max(30),
  statistic: z.enum(STATISTICS),
  better: z.enum(["lower", "higher"]).optional(),
  /** Kinds of record that it is made from. */
  made_from: z.array(text).min(1),
  /** Said where there is no fact: which source would bring them. */
  connect: text,
  /** What one fact is about, one and many. */
  fact: text,
  facts: text,
  /** What `cut` of a fact tells apart. */
  cut: text.optional(),
});

export type MeasureHeader = z.output<typeof measureHeader>;
