import type { Column } from "../entities.ts";
import { didYouMean, oneOf } from "../../../src/config/suggest.ts";
import { Problem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";

/** Text as it is, one of the allowed values, or text of a form. */
export function asText({ values, form }: Pick<Column, "values" | "form">): (text: string) => string | Problem {
  if (values !== undefined)
    return (text) =>
      values.includes(text) ? text : new Problem(`expected ${oneOf(values)}, found ${shown(text)}${didYouMean(text, values)}`);
  if (form === undefined) return (text) => unprintable(text) ?? text;
  const pattern = new RegExp(form.pattern);
  return (text) => (pattern.test(text) ? text : new Problem(`expected it as in ${form.example}, found ${shown(text)}`));
}

/** Characters that no text holds on purpose and that databases and PDFs choke on. */
export function unprintable(text: string): Problem | undefined {
  if (text.includes("\0")) return new Problem(`expected text, found a NUL character in ${shown(text)}`);
  if (!text.isWellFormed())
    return new Problem(`expected text, found half a character (a lone surrogate) in ${shown(text)}`);
  return undefined;
}
