import { toCsv } from "../csv.ts";

/** What was taken out of the evidence, never what it said. */
export interface Redaction {
  readonly source: string;
  readonly stream: string;
  /** Empty where a field is left out of all records. */
  readonly key: string;
  readonly field: string;
  readonly rule: string;
  readonly records: number;
}

const COLUMNS = ["source", "stream", "key", "field", "rule", "records"] as const;

/** Counts what is left out field by field; lists what was struck out record by record. */
export class Redactions {
  readonly #fields = new Map<string, Redaction>();
  readonly #secrets: Redaction[] = [];

  left(source: string, stream: string, field: string): void {
    const name = JSON.stringify([source, stream, field]);
    const records = (this.#fields.get(name)?.records ?? 0) + 1;
    this.#fields.set(name, { source, stream, key: "", field, rule: "not on the list of fields", records });
  }

  struck(source: string, stream: string, key: string, field: string, rule: string): void {
    this.#secrets.push({ source, stream, key, field, rule: `looks like a secret: ${rule}`, records: 1 });
  }

  with(other: Redactions): this {
    this.#secrets.push(...other.#secrets);
    return this;
  }

  /** A header where nothing was taken out: then that is what the file says. */
  csv(): string {
    const rows = [...this.#fields.values(), ...this.#secrets].sort((a, b) => compare(nameOf(a), nameOf(b)));
    return rows.length === 0 ? `${COLUMNS.join(",")}\n` : toCsv(rows);
  }

  get isEmpty(): boolean {
    return this.#fields.size + this.#secrets.length === 0;
  }
}

const nameOf = ({ source, stream, key, field, rule }: Redaction) =>
  [source, stream, key, field, rule].join("\u001f");
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
