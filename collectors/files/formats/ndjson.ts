import type { Json } from "../../contract.ts";
import { FileProblem } from "../problem.ts";
import { shortened } from "../words.ts";
import { utf8Bytes } from "./decode.ts";
import { parseJson } from "./json-text.ts";
import { visitRecord } from "./records.ts";
import type { RowVisitor } from "./rows.ts";

const LF = 10;

/**
 * Reads one JSON object per line. A line that is not JSON is one rejected row; but a last line without
 * line end that is not JSON shows that the file was cut off, and nobody knows how much is missing.
 */
export function readNdjson(file: Buffer, visitor: RowVisitor): void {
  const bytes = utf8Bytes(file);
  let isFirst = true;
  for (const { text, line, isComplete } of linesOf(bytes)) {
    if (text.trim() === "") continue;
    const record = parsed(text);
    if (record !== undefined) visitRecord(visitor, record, line, isFirst);
    else if (isComplete)
      visitor.row({
        line,
        value: () => undefined,
        text: () => text,
        problem: "expected one JSON object on the line",
      });
    else
      throw new FileProblem(
        line,
        "expected a JSON object, found the end of the file: it is cut off",
        shortened(text),
      );
    isFirst = false;
  }
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function* linesOf(bytes: Buffer): Generator<{ text: string; line: number; isComplete: boolean }> {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(LF, start);
    const end = found === -1 ? bytes.length : found;
    yield { text: bytes.toString("utf8", start, end), line, isComplete: found !== -1 };
    start = end + 1;
  }
}
