import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { collect, folder, write, type FileInput } from "./support.ts";

const COLUMNS = ["id", "attempt", "service", "environment", "started_at", "status", "labels", "url"] as const;
const inputs: FileInput[] = [{ path: "*.csv", entity: "deployment" }];

// Text as people and programs write it, with everything that CSV must quote. Blanks around it are not kept.
const word = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('"', ",", ";", "\n", "\r\n", " ", "'", "é", "😀"),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 12,
  })
  .map((text) => text.replaceAll("\0", "0").trim())
  .filter((text) => text !== "" && text.isWellFormed());
const label = word.map((text) => text.replaceAll(";", "").trim()).filter((text) => text !== "");
const instant = fc
  .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("2100-01-01T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().replace(".000Z", "Z"));

const deployment = fc.record(
  {
    id: word,
    attempt: fc.integer({ min: 1, max: 9 }),
    service: word,
    environment: word,
    started_at: instant,
    status: fc.constantFrom("success", "failure", "cancelled"),
    labels: fc.array(label, { minLength: 1, maxLength: 3 }),
    url: word,
  },
  { requiredKeys: ["id", "service", "environment", "status"] },
);
const deployments = fc.uniqueArray(deployment, {
  selector: ({ id, attempt }) => JSON.stringify([id, attempt ?? null]),
  maxLength: 20,
});

const cells = (row: Readonly<Record<string, unknown>>) =>
  COLUMNS.map((column) => (Array.isArray(row[column]) ? row[column].join(";") : (row[column] ?? "")));
const csv = (rows: readonly Readonly<Record<string, unknown>>[], options: object = {}) =>
  stringify([[...COLUMNS], ...rows.map(cells)] as string[][], options);

test("what csv-stringify writes is read as it was", async () => {
  // With CRLF it leaves a lone LF unquoted, which nobody could read back: there all fields are quoted.
  const notations = fc.constantFrom(
    { record_delimiter: "unix", bom: true },
    { record_delimiter: "unix", quoted: true },
    { record_delimiter: "windows", quoted: true },
  );
  const directory = folder();
  await fc.assert(
    fc.asyncProperty(deployments, notations, async (rows, notation) => {
      write(directory, { "a.csv": csv(rows, notation) });
      const { payloads, rejected } = await collect(directory, inputs);
      expect(rejected).toEqual([]);
      expect(payloads).toEqual(rows.map((row) => ({ ...row })));
    }),
    { numRuns: 200 },
  );
});

test("every row is loaded or rejected", async () => {
  const cell = fc.oneof(word, fc.constantFrom("", "prod", "success", "1", "2026-01-31T12:00:00Z", "1,000"));
  const line = fc.array(cell, { minLength: 2, maxLength: 9 });
  const directory = folder();
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(line, { selector: ([id]) => id, maxLength: 15 }), async (lines) => {
      write(directory, { "a.csv": stringify([[...COLUMNS], ...lines]) });
      const { records, rejected } = await collect(directory, inputs);
      expect(records.length + rejected.length).toBe(lines.length);
    }),
    { numRuns: 200 },
  );
});

test("split into two files the rows are the same", async () => {
  const directory = folder();
  await fc.assert(
    fc.asyncProperty(deployments, fc.nat(), async (rows, cut) => {
      const at = rows.length === 0 ? 0 : cut % rows.length;
      write(directory, {
        "whole.csv": csv(rows),
        "parts/a.csv": csv(rows.slice(0, at)),
        "parts/b.csv": csv(rows.slice(at)),
      });
      const whole = await collect(directory, [{ ...inputs[0]!, path: "whole.csv" }]);
      const parts = await collect(directory, [{ ...inputs[0]!, path: "parts/*.csv" }]);
      expect(parts.records).toEqual(whole.records);
    }),
    { numRuns: 100 },
  );
});
