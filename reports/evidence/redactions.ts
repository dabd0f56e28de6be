import type { Json } from "../../collectors/contract.ts";
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

/** As `quarterdeck pack --pseudonyms` writes them. */
const PSEUDONYM = /(?<![\p{L}\p{N}])person-[0-9a-z]{4,64}(?![\p{L}\p{N}])/u;

/** Counts what is left out, and where people have pseudonyms, field by field; lists what was struck out record by record. */
export class Redactions {
  readonly #fields = new Map<string, Redaction>();
  readonly #secrets: Redaction[] = [];

  left(source: string, stream: string, field: string): void {
    this.#count(source, stream, field, "not on the list of fields");
  }

  /** Of a record in which people have pseudonyms: each field that has one. */
  pseudonymised(source: string, stream: string, key: string, payload: Json): void {
    const fields = new Set(PSEUDONYM.test(key) ? ["key"] : []);
    addPseudonymised(payload, "", fields);
    for (const field of fields) this.#count(source, stream, field, "pseudonym in the place of a person");
  }

  #count(source: string, stream: string, field: string, rule: string): void {
    const name = JSON.stringify([source, stream, field, rule]);
    const records = (this.#fields.get(name)?.records ?? 0) + 1;
    this.#fields.set(name, { source, stream, key: "", field, rule, records });
  }

  struck(source: string, stream: string, key: string, field: string, rule: string): void {
    this.#secrets.push({ source, stream, key, field, rule: `looks like a secret: ${rule}`, records: 1 });
  }

  with(other: Redactions): this {
    this.#secrets.push(...other.#secrets);
    for (const [name, field] of other.#fields) this.#fields.set(name, field);
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

function addPseudonymised(value: Json, path: string, fields: Set<string>): void {
  if (typeof value === "string") {
    if (PSEUDONYM.test(value)) fields.add(path);
  } else if (Array.isArray(value)) value.forEach((item) => addPseudonymised(item, `${path}[]`, fields));
  else if (value !== null && typeof value === "object")
    for (const [name, item] of Object.entries(value))
      addPseudonymised(item, path === "" ? name : `${path}.${name}`, fields);
}

const nameOf = ({ source, stream, key, field, rule }: Redaction) =>
  [source, stream, key, field, rule].join("\u001f");
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
