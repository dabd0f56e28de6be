import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { UsageError } from "../errors.ts";
import { folded } from "./fold.ts";
import { KEY_ROW, readMap } from "./map-file.ts";

/** What makes pseudonyms of people. Neither it nor anything that it can be had from ever leaves the process. */
export interface Pseudonyms {
  /** Says which key or map it was, and nothing of what is in it. */
  readonly fingerprint: string;
  readonly key: string | undefined;
  /** Of a person known by these names. Undefined = without a key, and none of the names is in the map. */
  readonly of: (person: string, names: readonly string[]) => string | undefined;
}

/** Shorter ones can be found by trying. */
const SHORTEST = 32;
const LENGTH = 12;

/**
 * Reads a key, or a map that was written with one.
 * @throws {UsageError} in words that hold nothing of the file
 */
export function readPseudonyms(path: string, shownAs: string): Pseudonyms {
  const text = textOf(path, shownAs);
  const map = readMap(text, shownAs);
  if (map === undefined) return ofKey(checkedKey(text.trim(), shownAs), new Map());
  const names = new Map(map.filter(({ kind }) => kind !== KEY_ROW).map(({ name, pseudonym }) => [folded(name), pseudonym]));
  const key = map.find(({ kind }) => kind === KEY_ROW)?.name;
  return key === undefined ? ofMap(names) : ofKey(checkedKey(key, shownAs), names);
}

function textOf(path: string, shownAs: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UsageError(
      `--pseudonyms: cannot read ${shownAs}: expected a file with a key, such as \`openssl rand -hex 32 > ${shownAs}\` makes, or with a map`,
    );
  }
}

function checkedKey(key: string, shownAs: string): string {
  if (key.length < SHORTEST || new Set(key).size < 8)
    throw new UsageError(
      `--pseudonyms: the key in ${shownAs} can be guessed: expected ${SHORTEST} characters or more made by chance, such as \`openssl rand -hex 32\` prints`,
    );
  return key;
}

function ofKey(key: string, names: ReadonlyMap<string, string>): Pseudonyms {
  return {
    key,
    fingerprint: fingerprintOf(key),
    of: (person, known) => mapped(names, known) ?? `person-${digest(key, person)}`,
  };
}

const ofMap = (names: ReadonlyMap<string, string>): Pseudonyms => ({
  key: undefined,
  fingerprint: fingerprintOf(JSON.stringify([...names].sort(([a], [b]) => (a < b ? -1 : 1)))),
  of: (_, known) => mapped(names, known),
});

/** The first by name, where a map gives several: who was two people before is one now. */
const mapped = (names: ReadonlyMap<string, string>, known: readonly string[]): string | undefined =>
  known.flatMap((name) => names.get(folded(name)) ?? []).sort()[0];

const digest = (key: string, person: string) =>
  createHmac("sha256", key).update(`person\u001f${person}`).digest("hex").slice(0, LENGTH);

const fingerprintOf = (secret: string) =>
  createHash("sha256").update(`quarterdeck pseudonyms\u001f${secret}`).digest("hex").slice(0, 32);
