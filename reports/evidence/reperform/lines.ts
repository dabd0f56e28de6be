import { createReadStream } from "node:fs";
import { DataError } from "../../../src/errors.ts";

/** No record that Quarterdeck writes is longer; what is would only fill the memory. */
const LONGEST = 64_000_000;

export interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

/**
 * The lines of a file, without holding more than one of them.
 * @throws {DataError} naming file and line, for one that is too long and for bytes that are no text
 */
export async function* linesOf(path: string, shownAs: string): AsyncGenerator<NumberedLine> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let rest = "";
  let line = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>) {
    const parts = (rest + decoded(decoder, chunk, `${shownAs}:${line + 1}`)).split("\n");
    rest = parts.pop() ?? "";
    for (const text of parts) yield { line: (line += 1), text };
    if (rest.length > LONGEST)
      throw new DataError(
        `${shownAs}:${line + 1}: the line is longer than ${LONGEST} characters: no record of a pack is`,
      );
  }
  rest += decoded(decoder, undefined, `${shownAs}:${line + 1}`);
  if (rest !== "") yield { line: line + 1, text: rest };
}

function decoded(decoder: TextDecoder, chunk: Uint8Array | undefined, place: string): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new DataError(`${place}: is not UTF-8 from here on`);
  }
}
