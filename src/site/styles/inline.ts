import { named, oncePerCatalogue, type Inline } from "../scripts/inline.ts";
import { t } from "../text/message.ts";
import { labelled, light } from "./light.ts";
import { withShortNames } from "./names.ts";
import { blocksOf, namesIn, rulesFor, shortened } from "./rules.ts";
import css from "./site.css?raw";

const BLOCKS = blocksOf(withShortNames(shortened(css)));
const NAMES = [...namesIn(BLOCKS)];
const CLASSES = new Set(NAMES.filter((name) => name.startsWith(".")).map((name) => name.slice(1)));
const OTHERS = NAMES.filter((name) => !name.startsWith("."));

/** What every page has around its content. */
const FRAME = '<a class="skip"><nav class="bar"><ol><ul><li><span aria-current><nav class="words"><main><footer><p><time>';

/** Its rules by what of it is in a page. */
const sheets = oncePerCatalogue(() => new Map<string, string>());

/** What the style itself says, as on telephones, where tables have no heads. */
const inWords = (css: string): string => css.replace("YEAR-EARLIER", () => t("column.year-earlier").replace(/["\\<]/g, ""));

/** The content of a page in few bytes, its style, and how its policy names that. */
export interface Dressed {
  readonly html: string;
  readonly style: Inline;
}

/**
 * Leaves out of a page what browsers know anyway, and of the style what finds nothing in it.
 * @param content of the page, within what every page has
 * @param made names of what its scripts put there: `.filter`, `button`
 */
export function dressed(content: string, made: readonly string[]): Dressed {
  const { html, rules } = labelled(light(content));
  return { html, style: named(sheetFor(FRAME + content, made) + rules) };
}

function sheetFor(html: string, made: readonly string[]): string {
  const there = new Set([...made, ...classesIn(html), ...OTHERS.filter((name) => has(html, name))]);
  const key = NAMES.filter((name) => there.has(name)).join(" ");
  const known = sheets().get(key) ?? inWords(rulesFor(BLOCKS, (name) => there.has(name)));
  sheets().set(key, known);
  return known;
}

const CLASS = / class="([^"]*)"/g;

/** Few of thousands differ. */
function classesIn(html: string): string[] {
  const texts = new Set<string>();
  CLASS.lastIndex = 0;
  for (let found = CLASS.exec(html); found; found = CLASS.exec(html)) texts.add(found[1] ?? "");
  return [...texts].flatMap((text) => text.split(" ")).filter((name) => CLASSES.has(name)).map((name) => `.${name}`);
}

/** Rather once too often: `<p` is found in `<pre>`, too. */
function has(html: string, name: string): boolean {
  if (name.startsWith("#")) return html.includes(` id="${name.slice(1)}"`);
  if (name.startsWith("[")) return html.includes(` ${name.slice(1, -1)}`);
  return ALWAYS.has(name) || html.includes(`<${name}`);
}

const ALWAYS: ReadonlySet<string> = new Set(["html", "body"]);
