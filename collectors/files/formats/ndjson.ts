import { FileProblem } from "../../reading/problem.ts";
import { shortened } from "../../reading/words.ts";
import { utf8Bytes } from "../../reading/decode.ts";
import { repeatedKey } from "../../reading/json-keys.ts";
import { linesOf, parsedLine } from "../../reading/lines.ts";
import { visitRecord } from "./records.ts";
import type { RowVisitor } from "./rows.ts";

/**
 * Reads one JSON object per line. A line that is not JSON is one rejected row; but a last line without
 * line end that is not JSON shows that the file was cut off, and nobody knows how much is missing.
 */
export function readNdjson(file: Buffer, visitor: RowVisitor): void {
  const bytes = utf8Bytes(file);
  let isFirst = true;
  for (const { text, line, isComplete } of linesOf(bytes)) {
    if (text.trim() === "") continue;
    const record = parsedLine(text, { numbers: "as written" });
    const repeated = record === undefined ? undefined : repeatedKey(text, record);
    if (record !== undefined && repeated === undefined) visitRecord(visitor, record, line, isFirst);
    else if (repeated !== undefined || isComplete)
      visitor.row({
        line,
        value: () => undefined,
        text: () => text,
        problem: repeated?.reason ?? "expected one JSON object on the line",
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
