import type { Config } from "../config/schema.ts";
import { folded } from "../pseudonyms/fold.ts";
import { readNames } from "../pseudonyms/people.ts";
import { replacerOf } from "../pseudonyms/words.ts";
import type { Warehouse } from "../warehouse/open.ts";

interface NameFound {
  readonly index: number;
  /** `name`, `login` or `address`. */
  readonly kind: string;
}

/** Finds the first name of a person in a text that may not be there. */
export type NameFinder = (text: string) => NameFound | undefined;

export interface WithheldNames {
  /** In everything but packs; undefined where pages may name people. */
  readonly onPages: NameFinder | undefined;
  /** In packs under pseudonyms. */
  readonly inPacks: NameFinder;
  /** Names that are words of the data too: they are not looked for, since most of what would be found means something else. */
  readonly ordinary: number;
}

/** No text of a page has it: what stands between two of them was found. */
const MARK = "\u0001";
const MARKED = new RegExp(`${MARK}(?<kind>[a-z]+)${MARK}`);

/** What may not be said by `publish.people`, of everybody whom the database knows, and addresses of anybody. */
export async function withheldNames(
  warehouse: Warehouse,
  people: Config["publish"]["people"],
  localQueries: string,
): Promise<WithheldNames> {
  const known = await readNames(warehouse, { of: () => `${MARK}address${MARK}` }, localQueries);
  const shown = await warehouse.rows<{ pseudonym: string }>(
    "select distinct pseudonym from model.person where pseudonym is not null order by pseudonym",
  );
  const marked = known.map.map(({ name, kind }) => ({ name, pseudonym: `${MARK}${name.includes("@") ? "address" : kind}${MARK}` }));
  const names = marked.filter(({ name }) => !known.words.has(folded(name)));
  const finder = (allowed: ReadonlySet<string>) =>
    finderOf({
      ...known,
      names: names.filter(({ name }) => !allowed.has(folded(name))),
      kept: new Set([...known.kept, ...allowed]),
    });
  const pseudonyms = new Set(people === "pseudonyms" ? shown.map(({ pseudonym }) => folded(pseudonym)) : []);
  return {
    onPages: people === "names" ? undefined : finder(pseudonyms),
    inPacks: finder(new Set()),
    ordinary: marked.length - names.length,
  };
}

function finderOf(vocabulary: Parameters<typeof replacerOf>[0]): NameFinder {
  const { text: replaced } = replacerOf(vocabulary);
  return (text) => {
    const result = replaced(text);
    if (result === text) return undefined;
    const { index = 0, groups } = MARKED.exec(result) ?? {};
    return { index, kind: groups?.["kind"] ?? "name" };
  };
}
