import type { Json } from "../contract.ts";
import { parseJson } from "./json-text.ts";

const LF = 10;

export interface Line {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** False for a last line without line end: it may be cut off. */
  readonly isComplete: boolean;
}

export function* linesOf(bytes: Buffer): Generator<Line> {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(LF, start);
    const end = found === -1 ? bytes.length : found;
    yield { text: bytes.toString("utf8", start, end), line, isComplete: found !== -1 };
    start = end + 1;
  }
}

/** The JSON of a line; undefined where it is none. */
export function parsedLine(text: string, options?: Parameters<typeof parseJson>[1]): Json | undefined {
  try {
    return parseJson(text, options);
  } catch {
    return undefined;
  }
}
