import { utf8Text } from "../reading/decode.ts";
import { FileProblem } from "../reading/problem.ts";

const DECLARATION = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * Text of an XML document in the encoding that it declares, by mark or by name.
 * @throws {FileProblem} where the bytes are of another one
 */
export function xmlText(bytes: Buffer): string {
  const mark = markOf(bytes);
  if (mark !== undefined) return decoded(bytes, mark);
  const declared = DECLARATION.exec(bytes.toString("latin1", 0, 300))?.[1]?.toLowerCase();
  return declared === undefined || /^utf-?8$|^(us-)?ascii$/.test(declared)
    ? utf8Text(bytes)
    : decoded(bytes, declared);
}

/** UTF-16 shows by its byte order mark, or by every other byte of `<?` being zero. */
function markOf(bytes: Buffer): string | undefined {
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return "utf-16le";
  return (a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0) ? "utf-16be" : undefined;
}

function decoded(bytes: Buffer, encoding: string): string {
  const decoder = decoderOf(encoding);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new FileProblem(1, `expected ${encoding}, as the document says, found other bytes`);
  }
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new FileProblem(
      1,
      `expected an encoding that is known, found ${encoding}; write the file as UTF-8`,
    );
  }
}
