import { escapedForm, folded } from "./fold.ts";
import { Lexicon, type Needle } from "./lexicon.ts";

/** What somebody is known by, and what stands in its place. */
export interface Name {
  readonly name: string;
  readonly pseudonym: string;
}

export interface Vocabulary {
  readonly names: readonly Name[];
  /** Words that mean something else too, such as `release`: as a value of its own such a word is left, unless it stands where people stand. */
  readonly words: ReadonlySet<string>;
  /** What is nobody's and stays, such as bots. */
  readonly kept: ReadonlySet<string>;
  /** Whether an address is nobody's own, such as noreply@. */
  readonly isShared: (address: string) => boolean;
  /** For an address that nothing else is known of. */
  readonly ofStranger: (address: string) => string;
}

/** Replaces everything that people are known by. */
export interface Replacer {
  /** In free text: wherever a name stands as a word of its own. */
  readonly text: (text: string) => string;
  /** Where a person stands: the value as a whole, however ordinary a word it is, or a list of such. */
  readonly person: (text: string) => string;
  /** Undefined where nobody is known by that. */
  readonly exact: (text: string) => string | undefined;
}

export function replacerOf(vocabulary: Vocabulary): Replacer {
  const known = new Map<string, string>();
  for (const { name, pseudonym } of vocabulary.names) known.set(folded(name), pseudonym);
  const { words, within } = lexiconsOf(vocabulary);
  const exact = (text: string) => known.get(folded(text));
  const text = (said: string) =>
    replaced(inUnspaced(withoutAddresses(said, exact, vocabulary), within), WORDS, words);
  return {
    exact,
    text,
    person: (said) =>
      exact(said) ??
      text(said)
        .split(LIST)
        .map((part) => withEnds(part, exact(part)))
        .join(""),
  };
}

/** `ana; ben, Jane Doe`, with what stands between. */
const LIST = /([;,|\n]+)/;

const withEnds = (part: string, inside: string | undefined) =>
  inside === undefined ? part : `${/^\s*/.exec(part)?.[0] ?? ""}${inside}${/\s*$/.exec(part)?.[0] ?? ""}`;

const WORD = /[\p{L}\p{N}\p{M}]+/u;
const WORDS = new RegExp(WORD, "gu");
const INSIDE = /[\p{L}\p{N}\p{M}]/u;

/** Scripts that put no blanks between words: their names are looked for within them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const UNSPACED_SIGNS = new RegExp(UNSPACED, "gu");

interface Lexicons {
  readonly words: Lexicon;
  readonly within: Lexicon;
}

function lexiconsOf({ names, words: ordinary, kept, ofStranger }: Vocabulary): Lexicons {
  const [words, within] = [new Lexicon(), new Lexicon()];
  const add = (text: string, rest: Omit<Needle, "text">) => {
    const first = WORD.exec(text)?.[0];
    if (first === undefined || /^\d+$/.test(text)) return;
    // What stands before the first word adjoins it, and need not be looked for.
    words.add(first, { text: text.slice(text.indexOf(first)), ...rest });
    const [sign = ""] = text;
    if (rest.pseudonym !== undefined && !rest.isWord && UNSPACED.test(sign)) within.add(sign, { text, ...rest });
  };
  for (const name of kept) add(name, { pseudonym: undefined, isWord: false });
  for (const { name, pseudonym } of names) {
    const text = folded(name);
    const isWord = text.length < 2 || ordinary.has(text);
    for (const form of [text, escapedForm(text)]) eachComposition(form, (one) => add(one, { pseudonym, isWord }));
  }
  for (const [form, of] of otherForms(names)) {
    const [pseudonym = "", ...more] = of;
    const isWord = ordinary.has(form);
    eachComposition(form, (one) => add(one, { pseudonym: more.length > 0 ? ofStranger(form) : pseudonym, isWord }));
  }
  return { words, within };
}

function eachComposition(text: string, take: (text: string) => void): void {
  take(text);
  take(text.normalize("NFD"));
}

/** `Jane Doe` as `Doe, Jane` and `jane.doe`, `jane.doe@acme.example` as `jane.doe`, with the pseudonyms of all whom that may mean. */
function otherForms(names: readonly Name[]): Map<string, Set<string>> {
  const forms = new Map<string, Set<string>>();
  for (const { name, pseudonym } of names)
    for (const form of formsOf(folded(name))) forms.set(form, (forms.get(form) ?? new Set()).add(pseudonym));
  return forms;
}

function formsOf(text: string): string[] {
  const local = /^([^@]+[._-][^@]+)@/.exec(text)?.[1];
  if (local !== undefined) return [local];
  const [first, last, ...more] = text.split(/\s+/);
  if (last === undefined || more.length > 0) return [];
  return [`${last}, ${first}`, `${last} ${first}`, ...[".", "-", "_"].map((sign) => `${first}${sign}${last}`)];
}

const inUnspaced = (text: string, within: Lexicon): string =>
  within.isEmpty || !UNSPACED.test(text) ? text : replaced(text, UNSPACED_SIGNS, within, () => true);

/** A text with the names that begin where `heads` matches replaced. */
function replaced(
  text: string,
  heads: RegExp,
  lexicon: Lexicon,
  isMeant: (text: string, index: number, needle: Needle) => boolean = isAlone,
): string {
  let done = 0;
  let result = "";
  for (const { 0: head, index } of text.matchAll(heads)) {
    if (index < done) continue;
    const found = lexicon.at(text, index, head.toLowerCase(), (needle) => isMeant(text, index, needle));
    if (found === undefined) continue;
    const end = index + found.text.length;
    result += text.slice(done, index) + (found.pseudonym ?? text.slice(index, end));
    done = end;
  }
  return done === 0 ? text : result + text.slice(done);
}

function isAlone(text: string, index: number, { text: needle, isWord }: Needle): boolean {
  const end = index + needle.length;
  const [before, after] = [text[index - 1] ?? " ", text.slice(end, end + 2)];
  if (INSIDE.test(after.charAt(0)) || isHighSurrogate(after)) return false;
  if (!isWord) return true;
  if (needle.length === text.trim().length) return false;
  return /[\s"'`([{<,;:@]/.test(before) && /^(?:$|[\s"'`)\]}>,;]|[.:!?](?:$|\s))/.test(after);
}

/** Letters beyond the first plane are two units long. */
const isHighSurrogate = (text: string) => /^[\ud800-\udbff][\udc00-\udfff]/.test(text) && INSIDE.test(text);

/** Bounded, and not begun within one: what is read may have been written to be slow. */
const ADDRESS =
  /(?<![\p{L}\p{N}._%+'~-])[\p{L}\p{N}._%+'~-]{1,64}@(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,10}\p{L}[\p{L}\p{N}-]{1,62}(?![\p{L}\p{N}_])/gu;

/** Accounts that machines are asked by: `git@github.com:acme/platform.git` is a place. */
const PLACES = /^(?:git|hg|svn|ssh)@/i;

const HIDDEN = /^(?:\d+[+-])?([^@]+)@users\.noreply\./;

function withoutAddresses(text: string, exact: Replacer["exact"], vocabulary: Vocabulary): string {
  if (!text.includes("@")) return text;
  return text.replaceAll(ADDRESS, (address: string, at: number) => {
    const plain = folded(address);
    if (PLACES.test(address) || vocabulary.kept.has(plain) || vocabulary.isShared(plain)) return address;
    if (text[at + address.length] === ":" || text.slice(Math.max(0, at - 2), at) === "//") return address;
    const hidden = HIDDEN.exec(plain)?.[1];
    return exact(plain) ?? (hidden === undefined ? undefined : exact(hidden)) ?? vocabulary.ofStranger(plain);
  });
}
