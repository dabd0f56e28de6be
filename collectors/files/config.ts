import { z } from "zod";
import { timeZone } from "../../src/config/scalars.ts";
import { completeness, entityName } from "../completeness.ts";
import { mappingProblems, modeProblems } from "./config-checks.ts";

const zone = timeZone.describe("Time zone of times that carry no offset, such as Europe/Berlin.");

const unquoted = (format: string) => format.replaceAll(/'[^']*'/g, "");

const isUnix = (format: string) => format === "unix" || format === "unix_ms";

const timeFormat = z
  .string()
  .min(1)
  .regex(/^(?:[^Y%']|'[^']*')+$/, {
    error:
      "expected Luxon tokens, such as yyyy-MM-dd HH:mm:ss (https://moment.github.io/luxon/#/parsing), `unix` or `unix_ms`",
    abort: true,
  })
  .refine((format) => !unquoted(format).includes("h") || unquoted(format).includes("a"), {
    error: "expected `a` (AM or PM) beside `h`, or `HH` for hours from 00 to 23",
  })
  .refine((format) => isUnix(format) || !/^[^hH]*m/.test(unquoted(format)), {
    error: "expected hours before minutes; months are MM, minutes mm",
  });

const columnOptions = z.strictObject({
  from: z.string().min(1).optional().describe("Column (CSV, Parquet) or dotted path (JSON) to read."),
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe("The same value for every row; an empty text = none."),
  format: timeFormat
    .optional()
    .describe("Format of times or days (Luxon tokens, such as dd.MM.yyyy HH:mm), or `unix`, `unix_ms`."),
  zone: zone.optional(),
  separator: z.string().min(1).optional().describe("What separates the values of a list; default `;`."),
  values: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      "What the source writes -> what it means; an empty text = none. A value that is not listed stays as it is.",
    ),
});

export type ColumnEntry = z.output<typeof columnOptions>;

const column = z.union([
  z
    .string()
    .min(1)
    .transform((from): ColumnEntry => ({ from })),
  columnOptions.refine(({ from, value }) => (from === undefined) !== (value === undefined), {
    error: "expected exactly one of `from` and `value`",
  }),
]);

const time = z.strictObject({
  format: timeFormat
    .optional()
    .describe(
      "Format of times (Luxon tokens), or `unix`, `unix_ms`; left out = ISO 8601. Days do not follow it: give them a format of their own.",
    ),
  zone: zone.optional(),
});

const file = z
  .strictObject({
    path: z.string().min(1).describe("File or glob, relative to quarterdeck.yaml."),
    entity: entityName.describe("What the rows are."),
    format: z
      .enum(["csv", "json", "ndjson", "parquet", "yaml"])
      .optional()
      .describe("Left out = by the file's ending."),
    records: z
      .string()
      .min(1)
      .optional()
      .describe("JSON, YAML: dotted path to the list of records; left out = the document itself."),
    delimiter: z
      .string()
      .regex(/^[^"\r\n]$/, "expected one character")
      .optional()
      .describe("CSV: left out = comma, or tab for .tsv."),
    columns: z
      .record(z.string(), column)
      .default({})
      .describe("Column of the entity -> column of the file. Columns of the same name need no entry."),
    time: time.prefault({}).describe("How times are written."),
    mode: z
      .enum(["append", "snapshot"])
      .default("append")
      .describe(
        "`snapshot`: the files are everything there is; a record no longer in them is deleted. `append`: records stay.",
      ),
  })
  .superRefine((entry, context) => {
    for (const { path, message } of mappingProblems(entry))
      context.addIssue({ code: "custom", path, message });
  });

export type FileEntry = z.output<typeof file>;

export const filesConfig = z
  .strictObject({
    collector: z.literal("files"),
    files: z.array(file).min(1).describe("Files to read."),
    complete: z.array(completeness).default([]).describe("What these files are everything of."),
  })
  .superRefine(({ files }, context) => {
    for (const { path, message } of modeProblems(files)) context.addIssue({ code: "custom", path, message });
  });

export type FilesConfig = z.output<typeof filesConfig>;
