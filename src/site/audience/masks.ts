import { readPeople } from "../../pseudonyms/people.ts";
import type { Warehouse } from "../../warehouse/open.ts";
import type { AudienceKind } from "./audience.ts";
import { withoutWritten } from "./written.ts";

/** Stands for everybody alike, so that nobody is told from others by it. */
export const SOMEBODY = "[person]";

/** What an audience reads in place of a text; null = nothing. */
export type Mask = (text: string) => string | null;

/** Masks of those audiences who may not see people, made once for all of them. */
export async function masksFor(
  kinds: readonly AudienceKind[],
  warehouse: Warehouse,
  localQueries: string,
): Promise<ReadonlyMap<AudienceKind, Mask>> {
  const masked = kinds.filter((kind) => kind !== "audit");
  if (masked.length === 0) return new Map();
  const { replacer } = await readPeople(warehouse, NOBODY, localQueries);
  const named = masked.includes("leadership") ? await withoutWritten(warehouse, localQueries) : (text: string) => text;
  // Texts first: they are known as people wrote them, names included.
  const all = { teams: addressed(replacer.text), leadership: addressed((text) => replacer.text(named(text))) };
  return new Map(masked.map((kind) => [kind, all[kind]]));
}

const NOBODY = { fingerprint: "", key: undefined, of: () => SOMEBODY };

/** An address of the web with a mask in it leads nowhere. */
const addressed =
  (mask: (text: string) => string): Mask =>
  (text) => {
    const masked = mask(text);
    return masked !== text && /^[a-z]+:\/\/\S*$/i.test(text) ? null : masked;
  };
