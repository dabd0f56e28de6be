import { hash } from "node:crypto";
import type { Json } from "../contract.ts";

/** What a file was read as: bytes and mapping. */
export type Fingerprint = { readonly sha256: string; readonly mapping: string };

/** Of a file of which nothing could be read: like no other, so that it is tried again, also where its old bytes come back. */
export const UNREAD: Fingerprint = { sha256: "", mapping: "" };

/** What a stream has read: path -> fingerprint. */
export type Cursor = Readonly<Record<string, Fingerprint>>;

/** `reading` is whatever else than the bytes decides what becomes of a file; its path does not. */
export const fingerprintOf = (bytes: Buffer, reading: Json): Fingerprint => ({
  sha256: hash("sha256", bytes),
  mapping: hash("sha256", JSON.stringify(reading)),
});

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
