import { createHash } from "node:crypto";

/**
 * By how many milliseconds a source starts later than it is due: whole seconds from 0 to the jitter. Always the same for
 * a source of an organisation, so that it is known when it starts, and others start at other times.
 */
export function jitterOf(organisation: string, source: string, jitter: number): number {
  const seed = createHash("sha256").update(JSON.stringify([organisation, source])).digest().readUInt32BE();
  return Math.floor((seed / 2 ** 32) * jitter) * 1000;
}
