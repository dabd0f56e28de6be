import { escape } from "html-escaper";
import { CATALOGUE, type MessageKey } from "./catalogue.ts";
import { messageFormat, type MessageValues } from "./message.ts";

/** A piece of a page that is markup already, such as what a component made. */
class Html {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Part = string | number | Html;

const htmlOf = (parts: Part | readonly Part[]): string =>
  [parts].flat().map((part) => (part instanceof Html ? part.html : escape(String(part)))).join("");

const around = (name: string) => (parts: Part[]) => new Html(`<${name}>${htmlOf(parts)}</${name}>`);

/** What a message may be marked up with, whatever is filled in. */
const MARKUP = { b: around("strong"), em: around("em"), code: around("code"), small: around("small") };

const linkTo = (address: string | null) => (parts: Part[]) =>
  new Html(address === null ? htmlOf(parts) : `<a href="${escape(address)}">${htmlOf(parts)}</a>`);

/** The line by which others name a page. Astro leaves `<` in attributes as it is, where careless readers take it for a tag. */
export const descriptionTag = (text: string): string => `<meta name="description" content="${escape(text)}">`;

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

export interface MarkedUp {
  /** What stands in the braces. */
  readonly values?: MessageValues;
  /** Addresses of the message's links, by the name of their tag; without one the words alone stand there. */
  readonly links?: Readonly<Record<string, string | null>>;
  /** Markup for the braces, by name. */
  readonly slots?: Readonly<Record<string, string>>;
}

/** A message as HTML. What is filled in is escaped, and the message itself too. */
export function markedUp(key: MessageKey, { values = {}, links = {}, slots = {} }: MarkedUp): string {
  const anchors = mapValues(links, linkTo);
  const inserted = mapValues(slots, (html) => new Html(html));
  const given = { ...MARKUP, ...values, ...anchors, ...inserted };
  return htmlOf(messageFormat(CATALOGUE.current, key).format<Html>(given));
}
