import { hash } from "node:crypto";
import type { RawRecord } from "../contract.ts";

interface FirstSeen {
  readonly place: string;
  readonly sha: string;
}

/** Remembers the keys of one collection, so that none is read twice with different values. */
export class KeyRegister {
  readonly #seen = new Map<string, FirstSeen>();

  /** Where the key was first seen, and whether with the same values; undefined for a new key. */
  add({ key, payload }: RawRecord, place: string): { firstSeen: string; isIdentical: boolean } | undefined {
    const sha = hash("sha1", JSON.stringify(payload), "base64");
    const first = this.#seen.get(key);
    if (first !== undefined) return { firstSeen: first.place, isIdentical: first.sha === sha };
    this.#seen.set(key, { place, sha });
    return undefined;
  }

  forget(key: string): void {
    this.#seen.delete(key);
  }
}
