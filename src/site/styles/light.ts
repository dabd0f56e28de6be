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

const LABEL = / data-label="([^"]*)"/;
const LABELS = new RegExp(LABEL, "g");

/** From so many on it is shorter to say a label once. */
const OFTEN = 4;

/**
 * Names of columns stand in each cell, for telephones: here each once, in a rule of the page's style. A table whose columns are the same in all rows says which ones it has, in any other the cells do.
 * @returns the page, and the rules
 */
export function labelled(html: string): { readonly html: string; readonly rules: string } {
  if (!html.includes(" data-label=")) return { html, rules: "" };
  const byColumn = withColumns(html);
  const uses = new Map<string, number>();
  for (const [, label = ""] of byColumn.html.matchAll(LABELS)) uses.set(label, (uses.get(label) ?? 0) + 1);
  const often = [...uses].filter(([, times]) => times >= OFTEN).map(([label]) => label);
  const numbers = new Map(often.map((label, number) => [label, ` data-l=${number}`]));
  return {
    html: byColumn.html.replace(LABELS, (attribute, label: string) => numbers.get(label) ?? attribute),
    rules: byColumn.rules + often.map((label, number) => `[data-l="${number}"]{--l:${quoted(label)}}`).join(""),
  };
}

const TABLE = /<table\b([^]*?)<\/table>/g;
const ROW = /<tr\b/;
const CELL_START = /<t[dh](?=[ >])[^>]*/g;

/** Takes the labels out of tables in which each stands in one column alone. */
function withColumns(html: string): { readonly html: string; readonly rules: string } {
  const kinds = new Map<string, readonly (string | null)[]>();
  const withKinds = html.replace(TABLE, (table, inside: string) => {
    const labels = columnsOf(table);
    if (labels === undefined) return table;
    const kind = JSON.stringify(labels);
    kinds.set(kind, labels);
    return `<table data-c=${[...kinds.keys()].indexOf(kind)}${inside.replace(LABELS, "")}</table>`;
  });
  const rules = [...kinds.values()].flatMap((labels, number) =>
    labels.map((label, at) => (label === null ? "" : `[data-c="${number}"] td:nth-child(${at + 1}){--l:${quoted(label)}}`)),
  );
  return { html: withKinds, rules: rules.join("") };
}

/** What the cells of each column are called; undefined = not all rows have the same, or too few to be worth it. */
function columnsOf(table: string): readonly (string | null)[] | undefined {
  if (!table.includes(" data-label=") || table.includes("span=")) return undefined;
  const rows = table
    .split(ROW)
    .filter((row) => row.includes("<td"))
    .map((row) => (row.match(CELL_START) ?? []).map((cell) => LABEL.exec(cell)?.[1] ?? null));
  const kinds = new Set(rows.map((row) => JSON.stringify(row)));
  return kinds.size === 1 && rows.length >= OFTEN ? rows[0] : undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { "&#34;": '"', "&quot;": '"', "&#38;": "&", "&amp;": "&", "&#39;": "'", "&lt;": "<", "&gt;": ">" };

/** What an attribute says, as a text of a stylesheet: neither can end. */
const quoted = (attribute: string): string =>
  `"${attribute.replace(/&(?:#\d+|[a-z]+);/g, (entity) => ENTITIES[entity] ?? entity).replace(/["\\<>\n\r\f\0]/g, (mark) => `\\${mark.charCodeAt(0).toString(16)} `)}"`;
