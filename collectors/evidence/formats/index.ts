import type { Json } from "../../contract.ts";
import { utf8Text } from "../../reading/decode.ts";
import { FileProblem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";
import type { FileEntry, Format } from "../config.ts";
import { xmlText } from "../decode.ts";
import { readXml } from "../xml.ts";
import { COBERTURA_ELEMENTS, coberturaReport, lcovReport } from "./coverage.ts";
import { calendarReport } from "./icalendar.ts";
import { JUNIT_ELEMENTS, junitReport } from "./junit.ts";

/** What a file said, and where a part of it could not be taken in. */
export interface Said {
  readonly format: Format;
  readonly said: Json;
  readonly problems?: readonly { readonly line: number; readonly reason: string; readonly text: string }[];
}

const XML_START = /^[\s\ufeff\0]*</;

/**
 * Reads the content of a file as the format that it has.
 * @throws {FileProblem} when it is none of them, is broken, or is another one than was configured
 */
export function readFormat(bytes: Buffer, entry: FileEntry): Said {
  const start = bytes
    .toString("latin1", 0, 200)
    .replace(/^(?:\u00ff\u00fe|\u00fe\u00ff|\u00ef\u00bb\u00bf)/, "");
  const read = XML_START.test(start) ? xmlReport(bytes) : textReport(utf8Text(bytes), entry);
  if (entry.format !== undefined && entry.format !== read.format)
    throw new FileProblem(1, `expected ${entry.format}, as the configuration says, found ${read.format}`);
  return read;
}

const KEPT = new Set([...JUNIT_ELEMENTS, ...COBERTURA_ELEMENTS]);

function xmlReport(bytes: Buffer): Said {
  const root = readXml(xmlText(bytes), KEPT);
  switch (root.name) {
    case "testsuites":
    case "testsuite":
      return { format: "junit", said: junitReport(root) };
    case "coverage":
      return { format: "cobertura", said: coberturaReport(root) };
    default:
      throw new FileProblem(
        1,
        `expected a report of JUnit or Cobertura, found XML whose first element is ${shown(root.name)}`,
      );
  }
}

function textReport(text: string, entry: FileEntry): Said {
  if (/^\s*BEGIN:VCALENDAR/i.test(text)) return { format: "icalendar", ...calendarReport(text, entry) };
  if (/^(?:TN|SF):/m.test(text)) return { format: "lcov", said: lcovReport(text) };
  throw new FileProblem(
    1,
    text.trim() === ""
      ? "expected a report, found an empty file"
      : "expected a format that collectors/evidence/README.md lists, found none",
  );
}
