import { didYouMean, oneOf } from "../../../src/config/suggest.ts";
import { Problem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";

/** Text as it is, or one of the allowed values. */
export function asText(allowed: readonly string[] | undefined): (text: string) => string | Problem {
  if (allowed === undefined) return (text) => unprintable(text) ?? text;
  return (text) =>
    allowed.includes(text)
      ? text
      : new Problem(`expected ${oneOf(allowed)}, found ${shown(text)}${didYouMean(text, allowed)}`);
}

/** Characters that no text holds on purpose and that databases and PDFs choke on. */
export function unprintable(text: string): Problem | undefined {
  if (text.includes("\0")) return new Problem(`expected text, found a NUL character in ${shown(text)}`);
  if (!text.isWellFormed())
    return new Problem(`expected text, found half a character (a lone surrogate) in ${shown(text)}`);
  return undefined;
}
