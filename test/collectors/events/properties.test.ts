import fc from "fast-check";
import { expect, test } from "vitest";
import { exampleLines, staged } from "./support.ts";

const enveloped = (text: string) => {
  const data = JSON.parse(text) as { context: { id: string; source: string; type: string } };
  const { id, source, type } = data.context;
  return JSON.stringify({ specversion: "1.0", id, source, type, data });
};

/** Every staging relation of events, as text. */
async function stagedText(files: Readonly<Record<string, string>>): Promise<string> {
  const warehouse = await staged(files, { services: { "shop/api": "api" } });
  try {
    const relations = await warehouse.rows<{ name: string }>(
      "select table_name as name from duckdb_tables() where schema_name = 'staging' and table_name like 'events_%' order by name",
    );
    const tables = [];
    for (const { name } of relations)
      tables.push([name, await warehouse.rows(`select * from staging.${name}`)]);
    return JSON.stringify(tables, null, 1);
  } finally {
    warehouse.close();
  }
}

const inOrder = stagedText({ "a.ndjson": exampleLines.join("\n") });

test("order, repetition, envelopes and files make no difference", async () => {
  const expected = await inOrder;
  const deliveries = fc.array(fc.nat(exampleLines.length - 1), { maxLength: 30 }).chain((again) => {
    const lines = [...exampleLines, ...again.map((index) => exampleLines[index] ?? "")];
    return fc.tuple(
      fc.shuffledSubarray(lines, { minLength: lines.length }),
      fc.array(fc.boolean(), { minLength: lines.length, maxLength: lines.length }),
      fc.nat(lines.length),
    );
  });
  await fc.assert(
    fc.asyncProperty(deliveries, async ([lines, isEnveloped, cut]) => {
      const sent = lines.map((text, index) => (isEnveloped[index] ? enveloped(text) : text));
      const files = { "a.ndjson": sent.slice(0, cut).join("\n"), "b.ndjson": sent.slice(cut).join("\n") };
      expect(await stagedText(files)).toBe(expected);
    }),
    { numRuns: 10 },
  );
}, 60_000);
