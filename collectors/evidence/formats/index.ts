import type { Json } from "../../contract.ts";
import { utf8Text } from "../../reading/decode.ts";
import { FileProblem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";
import type { FileEntry, Format } from "../config.ts";
import { xmlText } from "../decode.ts";
import { readXml } from "../xml.ts";
import { readJson } from "../json.ts";
import type { TrustedKey } from "../keys.ts";
import { statementReport } from "./attestation.ts";
import { COBERTURA_ELEMENTS, coberturaReport, lcovReport } from "./coverage.ts";
import { calendarReport } from "./icalendar.ts";
import { CYCLONEDX_ELEMENTS, cyclonedxReport, cyclonedxVersion, cyclonedxXmlReport } from "./cyclonedx.ts";
import { JUNIT_ELEMENTS, junitReport } from "./junit.ts";
import { sarifReport } from "./sarif.ts";
import { spdxReport } from "./spdx.ts";

/** What a file said, and where a part of it could not be taken in. */
export interface Said {
  readonly format: Format;
  readonly said: Json;
  readonly problems?: readonly { readonly line: number; readonly reason: string; readonly text: string }[];
}

const XML_START = /^[\s\ufeff\0]*</;

/** What a file is read with. */
export interface Reading {
  readonly path: string;
  readonly entry: FileEntry;
  readonly keys: readonly TrustedKey[];
}

/**
 * Reads the content of a file as the format that it has.
 * @throws {FileProblem} when it is none of them, is broken, or is another one than was configured
 */
export function readFormat(bytes: Buffer, reading: Reading): Said {
  const start = bytes
    .toString("latin1", 0, 200)
    .replace(/^(?:\u00ff\u00fe|\u00fe\u00ff|\u00ef\u00bb\u00bf)/, "");
  const { format } = reading.entry;
  const read = XML_START.test(start) ? xmlReport(bytes) : textReport(utf8Text(bytes), reading);
  if (format !== undefined && format !== read.format)
    throw new FileProblem(1, `expected ${format}, as the configuration says, found ${read.format}`);
  return read;
}

const KEPT = new Set([...JUNIT_ELEMENTS, ...COBERTURA_ELEMENTS, ...CYCLONEDX_ELEMENTS]);

function xmlReport(bytes: Buffer): Said {
  const root = readXml(xmlText(bytes), KEPT);
  const cyclonedx = cyclonedxVersion(root);
  if (cyclonedx !== undefined) return { format: "cyclonedx", said: cyclonedxXmlReport(root, cyclonedx) };
  if (root.name === "testsuites" || root.name === "testsuite")
    return { format: "junit", said: junitReport(root) };
  if (root.name === "coverage") return { format: "cobertura", said: coberturaReport(root) };
  throw new FileProblem(
    1,
    `expected a report of JUnit, Cobertura or CycloneDX, found XML whose first element is ${shown(root.name)}`,
  );
}

const NONE = "expected a format that collectors/evidence/README.md lists, found none";

function textReport(text: string, { path, entry, keys }: Reading): Said {
  if (/\.(?:jsonl|ndjson)$/i.test(path))
    return { format: "in-toto", said: { statements: statementLines(text, keys) } };
  if (/^\s*[[{]/.test(text)) return jsonReport(text, keys);
  if (/^\s*BEGIN:VCALENDAR/i.test(text)) return { format: "icalendar", ...calendarReport(text, entry) };
  if (/^(?:TN|SF):/m.test(text)) return { format: "lcov", said: lcovReport(text) };
  throw new FileProblem(1, text.trim() === "" ? "expected a report, found an empty file" : NONE);
}

function statementLines(text: string, keys: readonly TrustedKey[]): Json[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [statementReport(readJson(line), line, keys)];
    } catch (error) {
      throw error instanceof FileProblem ? new FileProblem(index + 1, error.message, error.text) : error;
    }
  });
}

function jsonReport(text: string, keys: readonly TrustedKey[]): Said {
  const value = readJson(text);
  const members = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  const has = (name: string) => Object.hasOwn(members, name);
  if (has("runs")) return { format: "sarif", said: sarifReport(value, text) };
  if (has("bomFormat")) return { format: "cyclonedx", said: cyclonedxReport(value, text) };
  if (has("spdxVersion")) return { format: "spdx", said: spdxReport(value, text) };
  // GitHub hands out its bill of materials so.
  if (has("sbom")) return { format: "spdx", said: spdxReport(members["sbom"] ?? null, text) };
  if (has("payloadType") || has("dsseEnvelope") || has("_type"))
    return { format: "in-toto", said: { statements: [statementReport(value, text, keys)] } };
  throw new FileProblem(1, NONE);
}
