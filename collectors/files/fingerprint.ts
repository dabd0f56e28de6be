import { hash } from "node:crypto";
import type { Json } from "../contract.ts";
import type { FileEntry } from "./config.ts";
import { entityOf } from "./entities.ts";

/** Raised when reading the same bytes with the same mapping gives other records than before. */
const READING_VERSION = 1;

/** What a file was read as: bytes and mapping. */
export type Fingerprint = { readonly sha256: string; readonly mapping: string };

/** What a stream has read: path -> fingerprint. */
export type Cursor = Readonly<Record<string, Fingerprint>>;

export function fingerprintOf(bytes: Buffer, entries: readonly FileEntry[]): Fingerprint {
  return { sha256: hash("sha256", bytes), mapping: hash("sha256", JSON.stringify(entries.map(readingOf))) };
}

/** Whatever decides what a file's rows become; the path does not. */
export function readingOf({ path: _, ...entry }: FileEntry): Json {
  const columns = Object.entries(entityOf(entry.entity).columns).map(
    ([name, { type, required, values }]) => ({
      name,
      type,
      required: required ?? false,
      values: values === undefined ? null : [...values],
    }),
  );
  return JSON.parse(JSON.stringify({ version: READING_VERSION, entry, columns })) as Json;
}

export const isSame = (a: Fingerprint | undefined, b: Fingerprint | undefined) =>
  a !== undefined && b !== undefined && a.sha256 === b.sha256 && a.mapping === b.mapping;

/** The cursor as it was stored; anything of another form counts as nothing read. */
export function cursorOf(cursor: Json | undefined): Cursor {
  if (typeof cursor !== "object" || cursor === null || Array.isArray(cursor)) return {};
  return Object.fromEntries(Object.entries(cursor).filter(isFingerprinted));
}

function isFingerprinted(entry: [string, Json]): entry is [string, Fingerprint] {
  const value = entry[1];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return typeof value["sha256"] === "string" && typeof value["mapping"] === "string";
}
