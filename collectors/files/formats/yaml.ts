import { readYaml as parseYaml, type YamlFile } from "../../../src/config/yaml.ts";
import type { Json } from "../../contract.ts";
import { utf8Text } from "../../reading/decode.ts";
import { FileProblem } from "../../reading/problem.ts";
import { kind } from "../../reading/words.ts";
import { valueAt, visitRecord } from "./records.ts";
import type { RowVisitor } from "./rows.ts";

/** Larger ones take minutes and gigabytes to parse: what people keep by hand is smaller. */
const MOST_CHARACTERS = 10_000_000;

/** Reads a YAML document: a list of records, or a list at the dotted path `records`. Aliases are few, keys come once. */
export function readYaml(file: Buffer, records: string | undefined, visitor: RowVisitor): void {
  const document = parseDocument(utf8Text(file));
  const found = records === undefined ? (document.value as Json) : valueAt(document.value as Json, records);
  if (!Array.isArray(found)) {
    const place = records === undefined ? "" : ` at ${records}`;
    throw new FileProblem(
      1,
      `expected a list of records${place}, found ${found === undefined ? "nothing" : kind(found)}; set records`,
    );
  }
  const path = records === undefined ? [] : records.split(".");
  found.forEach((record, index) =>
    visitRecord(visitor, record, document.lineOf([...path, index]), index === 0),
  );
}

function parseDocument(text: string): YamlFile {
  if (text.length > MOST_CHARACTERS)
    throw new FileProblem(1, "expected at most 10 MB of YAML, found more; export it as JSON or CSV");
  const document = parsed(text);
  const [problem] = document.problems;
  if (problem !== undefined) throw new FileProblem(problem.line, `expected YAML, found ${problem.message}`);
  return document;
}

function parsed(text: string): YamlFile {
  try {
    return parseYaml(text, { numbers: "as written" });
  } catch (error) {
    if (error instanceof RangeError)
      throw new FileProblem(1, "expected YAML, found values nested too deeply");
    throw error;
  }
}
