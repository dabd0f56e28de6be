import { z } from "zod";

/** What both the language and the database (RE2, whose time grows with the text alone) understand the same way. */
const ESCAPES = /^\\(?:[dDwWsSbB]|[^A-Za-z0-9])$/;
const MOST_REPEATS = 100;
const LONGEST = 500;

/** A regular expression that the database can run; anything else it would only refuse when figures are computed. */
export const linearPattern = z
  .string({ error: "expected a regular expression" })
  .min(1, { error: "expected a regular expression", abort: true })
  .superRefine((text, context) => {
    const problem = patternProblem(text);
    if (problem !== undefined) {
      context.addIssue({ code: "custom", message: `expected a regular expression of RE2 (${problem})` });
    }
  });

/** @returns what keeps a text from being such an expression; undefined where nothing does */
export function patternProblem(text: string): string | undefined {
  if (text.length > LONGEST) return `at most ${LONGEST} characters`;
  // Without marks that are escaped, what is left shows its structure.
  const escapes = text.match(/\\[\s\S]?/g) ?? [];
  const unknown = escapes.find((escape) => !ESCAPES.test(escape));
  if (unknown !== undefined) return `${unknown} is not known there`;
  const bare = text.replaceAll(/\\[\s\S]/g, "_");
  if (/\(\?(?!:)/.test(bare)) return "groups are ( ) and (?: ): no look-around, names or flags";
  if (/\[\^?\]|\[[^\]]*\[/.test(bare)) return "a class is neither empty nor holds a [ that is not escaped";
  if ((bare.match(/\{\d+(,\d*)?\}/g) ?? []).some(repeatsTooOften))
    return `at most ${MOST_REPEATS} repeats, and not of repeats`;
  if (/\}[^()|]*\)?\{|\)\{\d+(,\d*)?\}.*\)\{/.test(bare)) return "counted repeats do not nest";
  return syntaxProblem(text);
}

const repeatsTooOften = (count: string) =>
  (count.match(/\d+/g) ?? []).some((times) => Number(times) > MOST_REPEATS);

function syntaxProblem(text: string): string | undefined {
  try {
    const { source } = new RegExp(text, "u");
    return source === "" ? "it is empty" : undefined;
  } catch (error) {
    return String(error).replace(/^.*\/u?: /, "");
  }
}

/** `\1` in what a rule gives must be a group that its expression has. */
export function referenceProblem(pattern: string, template: string): string | undefined {
  const groups = pattern.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]/g, "").match(/\((?!\?)/g)?.length ?? 0;
  const references = template.match(/\\[\s\S]?/g) ?? [];
  const wrong = references.find((one) => !/^\\\d$/.test(one) || Number(one[1]) > groups);
  if (wrong === undefined) return undefined;
  const most = groups === 0 ? "no reference but \\0" : `references from \\0 to \\${groups}`;
  return `expected ${most}, since \`login\` has ${groups} ${groups === 1 ? "group" : "groups"} (${wrong})`;
}
