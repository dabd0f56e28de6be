export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
  /** What stands in a script or style. */
  readonly text: string;
}

const OPENING = /<(?:!--[^]*?(?:-->|$)|[!?/][^>]*>?|(?<name>[a-z][^\s/>]*))/giy;
const ATTRIBUTE = /[\s/]*(?<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s>]+)))?/y;

/** What stands in these is no markup. */
const RAW = new Set(["script", "style", "textarea", "title", "xmp"]);

/** The start tags of a page, in order, as a browser would read them. */
export function* tagsOf(html: string): Generator<Tag> {
  const lines = new Lines(html);
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at)) {
    OPENING.lastIndex = at;
    const opening = OPENING.exec(html);
    const name = opening?.groups?.["name"]?.toLowerCase();
    const line = lines.at(at);
    at += opening?.[0].length ?? 1;
    if (name === undefined) continue;
    const attributes = new Map<string, string>();
    at = readAttributes(html, at, attributes);
    const end = RAW.has(name) ? endOfRaw(html, at, name) : at;
    yield { name, attributes, line, text: html.slice(at, end) };
    at = end;
  }
}

function readAttributes(html: string, from: number, into: Map<string, string>): number {
  let at = from;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const groups = ATTRIBUTE.exec(html)?.groups;
    if (groups === undefined) break;
    at = ATTRIBUTE.lastIndex;
    const name = groups["name"]?.toLowerCase() ?? "";
    // Of two of one name, browsers take the first.
    if (!into.has(name)) into.set(name, decoded(groups["double"] ?? groups["single"] ?? groups["bare"] ?? ""));
  }
  const end = html.indexOf(">", at);
  return end < 0 ? html.length : end + 1;
}

function endOfRaw(html: string, from: number, name: string): number {
  const found = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  found.lastIndex = from;
  return found.exec(html)?.index ?? html.length;
}

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" },
  // With these an address can be spelt so that it does not look like one.
  ...{ colon: ":", sol: "/", period: ".", commat: "@", num: "#", Tab: "\t", NewLine: "\n" },
};

/** A text with its character references read. Lines stay lines. */
export const decoded = (text: string): string =>
  text.replace(/&(?:#x(?<hex>[0-9a-f]{1,6})|#(?<decimal>\d{1,7})|(?<name>[a-z]{2,8}));?/gi, (all, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? all;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && code !== 10 ? String.fromCodePoint(code) : " ";
  });

/** Numbers of lines, asked for in order. */
class Lines {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  at(position: number): number {
    for (let next = this.#text.indexOf("\n", this.#at); next >= 0 && next < position; next = this.#text.indexOf("\n", this.#at)) {
      this.#at = next + 1;
      this.#line += 1;
    }
    return this.#line;
  }
}
