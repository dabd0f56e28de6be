/** Ends that HTML lets a page leave out: what follows says as much. */
const ENDS = /<\/(?:t[dhr]|d[dt]|li|thead)>/g;

/** Attributes may say anything, such an end too. */
const IN_QUOTES = /="[^"]*<\/(?:t[dhr]|d[dt]|li|thead)>/;

/** What stands in thousands of cells. Quotes in texts are escaped, so none of it is a text. */
const CELL = /(<t[dh](?: scope=\w+)?) (scope|class)="(\w+)"/g;

/** The same page in fewer bytes. */
export function light(html: string): string {
  const short = html.replace(CELL, "$1 $2=$3").replace(CELL, "$1 $2=$3");
  return IN_QUOTES.test(short) ? short : short.replace(ENDS, "");
}

const LABEL = / data-label="([^"]*)"/g;

/** From so many on it is shorter to say a label once. */
const OFTEN = 4;

/**
 * Names of columns stand in each cell, for telephones: here each once, in a rule of the page's style, and its number in the cells.
 * @returns the page, and the rules
 */
export function labelled(html: string): { readonly html: string; readonly rules: string } {
  if (!html.includes(" data-label=")) return { html, rules: "" };
  const uses = new Map<string, number>();
  for (const [, label = ""] of html.matchAll(LABEL)) uses.set(label, (uses.get(label) ?? 0) + 1);
  const often = [...uses].filter(([, times]) => times >= OFTEN).map(([label]) => label);
  const numbers = new Map(often.map((label, number) => [label, ` data-l=${number}`]));
  return {
    html: html.replace(LABEL, (attribute, label: string) => numbers.get(label) ?? attribute),
    rules: often.map((label, number) => `[data-l="${number}"]{--l:${quoted(label)}}`).join(""),
  };
}

const ENTITIES: Readonly<Record<string, string>> = { "&#34;": '"', "&quot;": '"', "&#38;": "&", "&amp;": "&", "&#39;": "'", "&lt;": "<", "&gt;": ">" };

/** What an attribute says, as a text of a stylesheet: neither can end. */
const quoted = (attribute: string): string =>
  `"${attribute.replace(/&(?:#\d+|[a-z]+);/g, (entity) => ENTITIES[entity] ?? entity).replace(/["\\<>\n\r\f\0]/g, (mark) => `\\${mark.charCodeAt(0).toString(16)} `)}"`;
