import { createHash } from "node:crypto";

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d|index|month|week|quarter|year|rolling|team)$/;

/** One of our own words, such as a period label or relation, as part of an address. */
export function plainSlug(word: string): string {
  return word
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** What a name looks like that has got its digits: nobody may be called so without some of his own. */
const WITH_DIGITS = /(^|-)[0-9a-f]{6}$/;

/**
 * A name as a file name that every file system and host takes. Names that need a change get a few hash
 * digits, so that no two names share a file and none depends on which others exist.
 */
export function slug(name: string): string {
  const plain = plainSlug(name.normalize("NFKD")).slice(0, 48).replace(/-+$/, "");
  if (plain && plain === name && !RESERVED.test(plain) && !WITH_DIGITS.test(plain)) return plain;
  const digits = createHash("sha256").update(name).digest("hex").slice(0, 6);
  return plain ? `${plain}-${digits}` : digits;
}
