import { createHash } from "node:crypto";

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** How the folder of a second or later edition ends. */
const EDITION = /-e[1-9]\d{0,3}$/;
const LONGEST = 60;

/**
 * A name that is one folder on every file system, from text that anybody may have written. Where anything
 * had to change, hash digits keep two names apart that would otherwise share a folder.
 */
export function safeName(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .replace(/^[.-]+|[.-]+$/g, "")
    .slice(0, LONGEST)
    .replace(/[.-]+$/, "");
  if (plain === text && plain !== "" && !RESERVED.test(plain) && !EDITION.test(plain)) return plain;
  const digits = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return plain === "" ? digits : `${RESERVED.test(plain) ? "_" : ""}${plain}-${digits}`;
}
