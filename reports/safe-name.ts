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
  const plain = plainName(text);
  if (plain === text && plain !== "" && !RESERVED.test(plain) && !EDITION.test(plain)) return plain;
  return plain === "" ? digitsOf(text) : `${RESERVED.test(plain) ? "_" : ""}${plain}-${digitsOf(text)}`;
}

/** How a version begins behind the name of its service. */
const VERSION = /-v?\d/;
/** How folders of other packs begin. */
const OTHER_PACK = /^(dossier|period|retrospective|train)(-|$)/;

/** The folder of a release's pack. Version b-1.0 of a is kept apart from version 1.0 of a-b, and both from what else is packed. */
export function releaseFolder(service: string, version: string): string {
  const [of, name] = [safeName(service), safeName(version)];
  const isPlain = /^v?\d/.test(name) && !VERSION.test(of) && !OTHER_PACK.test(of);
  return isPlain ? `${of}-${name}` : `${of}-${name}-${digitsOf(JSON.stringify([service, version]))}`;
}

const digitsOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

const plainName = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .replace(/^[.-]+|[.-]+$/g, "")
    .slice(0, LONGEST)
    .replace(/[.-]+$/, "");
