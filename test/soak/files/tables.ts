import { stringify as csvOf } from "csv-stringify/sync";
import { stringify as yamlOf } from "yaml";
import type { Chance } from "../../support/chance.ts";
import type { Content } from "./folder.ts";

type Row = Readonly<Record<string, string>>;

/** Entities of which the seeds write files, each with a row of a number. */
export const TABLES = {
  booking: (id, chance, isBad) => ({
    id: `B-${id}`,
    environment: chance.one(["staging", "mars"]),
    starts_at: `2026-03-0${chance.whole(1, 9)}T08:00:00Z`,
    ends_at: isBad ? "2026-02-30T00:00:00Z" : "2026-03-12T00:00:00Z",
    purpose: chance.one(["Prüfung", "=1+1", "a,b", "x\ny"]),
  }),
  role_grant: (id, chance, isBad) => ({
    person: `person-${id}`,
    role: "approver",
    scope: chance.one(["", "payments"]),
    granted_from: "2026-01-01T00:00:00Z",
    granted_until: isBad ? "soon" : chance.one(["", "2026-06-01T00:00:00Z"]),
  }),
  retention_policy: (id, chance, isBad) => ({
    id: `R-${id}`,
    record_class: "Protokoll für Änderungen",
    keep_for: isBad ? "0" : String(chance.whole(1, 9)),
    keep_unit: "years",
    basis: chance.one(["", "Schedule 4"]),
  }),
} as const satisfies Record<string, (id: number, chance: Chance, isBad: boolean) => Row>;

export type TableName = keyof typeof TABLES;

/** Few, so that two files hold rows of one key. */
const IDS = 25;
export const FORMATS = ["csv", "json", "ndjson", "yaml"] as const;
export type Format = (typeof FORMATS)[number];

/** Rows of an entity in one file. */
export class Table implements Content {
  private readonly rows = new Map<number, Row>();
  private readonly table: TableName;
  private readonly format: Format;

  constructor(table: TableName, format: Format, chance: Chance) {
    this.table = table;
    this.format = format;
    for (let left = chance.whole(1, 6); left > 0; left -= 1) this.put(chance);
  }

  change(chance: Chance, fewer: boolean): void {
    const id = chance.of([...this.rows.keys()]);
    if (fewer && id !== undefined && this.rows.size > 1 && chance.percent(40)) this.rows.delete(id);
    else this.put(chance);
  }

  text(): string {
    const rows = [...this.rows.values()];
    switch (this.format) {
      case "csv":
        return csvOf(rows, { header: true });
      case "json":
        return JSON.stringify(rows, null, 1);
      case "ndjson":
        return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
      case "yaml":
        return yamlOf(rows);
    }
  }

  settle(): void {
    for (const id of this.rows.keys()) if (id > IDS) this.rows.delete(id);
  }

  /** One that may not be taken in never could: where records stay, what it once said would. */
  private put(chance: Chance): void {
    const isBad = chance.percent(15) && this.rows.size > 0;
    const id = chance.whole(1, IDS) + (isBad ? IDS : 0);
    this.rows.set(id, TABLES[this.table](id, chance, isBad));
  }
}
