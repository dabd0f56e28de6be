/** What must be in a page for a selector to find anything: all of it; of a list within it, all of one. */
type Need = string | readonly (readonly Need[])[];

interface Rule {
  /** One or several, each with what it needs. */
  readonly selectors: readonly { readonly text: string; readonly needs: readonly Need[] }[];
  readonly body: string;
}

/** Rules under one condition, `@media print`, or under none: "". */
interface Block {
  readonly condition: string;
  readonly rules: readonly Rule[];
}

/** Without notes and indents, which are for us. */
export const shortened = (css: string): string =>
  css
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,>]) ?/g, "$1")
    .replace(/ \+ (?=[.:a-z*])/g, "+")
    .replace(/([{;][a-z-]+): /g, "$1:")
    .replace(/(?<=[:, (-])0(?=\.\d)/g, "")
    .replaceAll(";}", "}")
    .trim();

const BLOCK = /(@media[^{]*)\{((?:[^{}]*\{[^{}]*\})*)\}|[^{}]*\{[^{}]*\}/g;
const RULE = /([^{}]*)\{([^{}]*)\}/g;

/** The parts of a shortened stylesheet, in their order. */
export function blocksOf(css: string): readonly Block[] {
  return [...css.matchAll(BLOCK)].map(([text, condition, rules]) =>
    condition === undefined ? { condition: "", rules: rulesOf(text) } : { condition, rules: rulesOf(rules ?? "") },
  );
}

const rulesOf = (css: string): Rule[] =>
  [...css.matchAll(RULE)].map(([, selectors = "", body = ""]) => ({
    selectors: partsOf(selectors).map((text) => ({ text, needs: needsOf(text) })),
    body,
  }));

/** Splits at commas that stand in no brackets. */
function partsOf(selectors: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const mark of selectors) {
    if (mark === "(") depth += 1;
    if (mark === ")") depth -= 1;
    if (mark === "," && depth === 0) parts.push("");
    else parts.push(`${parts.pop()}${mark}`);
  }
  return parts;
}

/** Brackets, with others in them, and others in those. */
const NESTED = /:(is|has|not|nth-child)\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g;
const TOKEN = /\[[^\]]*\]|::?[a-z-]+|[.#]?[a-z][\w-]*/g;

function needsOf(selector: string): Need[] {
  // Named for what is printed on it.
  if (selector.startsWith("@page ")) return [selector.replace("@page ", ".")];
  const lists = [...selector.matchAll(NESTED)]
    .filter(([, kind]) => kind === "is" || kind === "has")
    .map(([, , list = ""]) => partsOf(list).map(needsOf));
  const tokens = selector.replace(NESTED, "").match(TOKEN) ?? [];
  return [...tokens.filter((token) => !token.startsWith(":")).map(nameOf), ...lists];
}

/** `[href^="http"]` -> `[href]`: whatever it says, it has to be there. */
const nameOf = (token: string): string => token.replace(/^\[([a-z-]+).*/, "[$1]");

/** All that the needs of a stylesheet name: `.note`, `#found`, `table`, `[hidden]`. */
export function namesIn(blocks: readonly Block[]): ReadonlySet<string> {
  const names = (need: Need): string[] => (typeof need === "string" ? [need] : need.flat().flatMap(names));
  return new Set(blocks.flatMap(({ rules }) => rules.flatMap(({ selectors }) => selectors.flatMap(({ needs }) => needs.flatMap(names)))));
}

/** The stylesheet without what finds nothing where only these are. */
export function rulesFor(blocks: readonly Block[], isThere: (name: string) => boolean): string {
  const isMet = (need: Need): boolean =>
    typeof need === "string" ? isThere(need) : need.some((all) => all.every(isMet));
  let css = "";
  let condition = "";
  for (const block of blocks) {
    const rules = block.rules
      .map(({ selectors, body }) => ({ found: selectors.filter(({ needs }) => needs.every(isMet)), body }))
      .filter(({ found }) => found.length > 0);
    if (rules.length === 0) continue;
    if (block.condition !== condition) css += `${condition && "}"}${block.condition && `${block.condition}{`}`;
    condition = block.condition;
    css += rules.map(({ found, body }) => `${found.map(({ text }) => text).join(",")}{${body}}`).join("");
  }
  return css + (condition && "}");
}
