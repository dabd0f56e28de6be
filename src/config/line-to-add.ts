import { Document, Scalar, visit } from "yaml";
import { hasUnseen, jsonEscape, unseenEscaped } from "../printable.ts";

/** Where something is missing and what to write there, as reports.mapping_gap says it. */
export interface Addition {
  /** `quarterdeck.yaml`, or the kind of record that is missing. */
  readonly add_to: string | null;
  /** Keys down to the place; null = a record. */
  readonly add_path: readonly string[] | null;
  /** What is to stand there, as JSON. */
  readonly add_value: string | null;
  /** True where a person must look at it first. */
  readonly is_guess: boolean;
}

/** Lines ready to paste: YAML for quarterdeck.yaml, a line of NDJSON for a record; null where nothing is to be added. */
export function lineToAdd({ add_to, add_path, add_value, is_guess }: Addition): string | null {
  if (add_to === null || add_value === null) return null;
  const value = JSON.parse(add_value) as unknown;
  if (add_path === null) return unseenEscaped(JSON.stringify(value));
  const lines = yamlOf(add_path, value);
  return is_guess ? `# a suggestion: look at it before you take it over\n${lines}` : lines;
}

/** Names are somebody else's: whatever YAML or a terminal would read as something else is quoted and escaped. */
export function yamlOf(path: readonly string[], value: unknown): string {
  // Maps, since an object takes a key such as __proto__ for something else.
  const nested = path.reduceRight<unknown>((inner, key) => new Map([[key, inner]]), value);
  const document = new Document(nested, { version: "1.2" });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && hasUnseen(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // Only what is quoted holds such characters, so that their escapes mean what they stand for.
  return unseenEscaped(document.toString({ lineWidth: 0 }).trimEnd(), yamlEscape);
}

const yamlEscape = (character: string) =>
  character.length > 1
    ? `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`
    : jsonEscape(character);
