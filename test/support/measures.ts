import type { Warehouse } from "../../src/warehouse/open.ts";

interface Fact {
  readonly subject: string;
  readonly value: number | null;
  readonly is_hit: boolean | null;
  readonly cut: string | null;
}

const rows = (warehouse: Warehouse, measure: string) =>
  warehouse.rows<Fact>(`select subject, value, is_hit, cut from practices.${measure} order by subject, cut`);

/** What a measure finds: subject -> value, or whether it is a hit. */
export async function factsOf(warehouse: Warehouse, measure: string): Promise<Record<string, number | boolean | null>> {
  const facts = await rows(warehouse, measure);
  if (new Set(facts.map(({ subject }) => subject)).size < facts.length) throw new Error(`${measure} has a subject twice: ask for cuts`);
  return Object.fromEntries(facts.map(({ subject, value, is_hit: hit }) => [subject, hit ?? value]));
}

/** The same with what each is filed under: `subject / cut`. */
export async function cutsOf(warehouse: Warehouse, measure: string): Promise<Record<string, number | boolean | null>> {
  const facts = await rows(warehouse, measure);
  return Object.fromEntries(facts.map(({ subject, value, is_hit: hit, cut }) => [`${subject} / ${cut ?? ""}`, hit ?? value]));
}
