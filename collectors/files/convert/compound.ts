import type { Json } from "../../contract.ts";
import { Problem } from "../../reading/problem.ts";
import { parseJson } from "../../reading/json-text.ts";
import { shown } from "../../reading/words.ts";
import type { Convert } from "./index.ts";
import { unprintable } from "./text.ts";

// A lone surrogate, as JSON writes it: not preceded by an escaped backslash.
const HALF_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i;
const LONGEST_OBJECT = 1_000_000;
const DEEPEST_OBJECT = 100;

/** Text values: an array, or one text with a separator. Empty ones are left out. */
export function asList(separator: string, meaning: (text: string) => string): Convert {
  return (value) => {
    const items = Array.isArray(value) ? value : value === null ? [] : [value];
    const texts: string[] = [];
    for (const item of items) {
      if (typeof item === "object" && item !== null)
        return new Problem(`expected a list of texts, found ${shown(item)} in it`);
      if (item !== null)
        texts.push(...(Array.isArray(value) ? [String(item)] : String(item).split(separator)));
    }
    const meant = texts.map((text) => meaning(text.trim())).filter((text) => text !== "");
    for (const text of meant) {
      const problem = unprintable(text);
      if (problem) return problem;
    }
    return meant.length === 0 ? undefined : meant;
  };
}

/** A JSON object, as an object or as its text. */
export const asObject: Convert = (value) => {
  if (value === null || value === "") return undefined;
  const parsed = typeof value === "string" ? parsedOrProblem(value) : value;
  if (parsed instanceof Problem) return parsed;
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return new Problem(`expected a JSON object, found ${shown(parsed)}`);
  }
  return unstorable(parsed, LONGEST_OBJECT) ?? parsed;
};

function parsedOrProblem(text: string): Json | Problem {
  try {
    return parseJson(text);
  } catch {
    return new Problem(`expected a JSON object, found ${shown(text)}`);
  }
}

/** Why a value cannot be stored as JSON, where it cannot. */
export function unstorable(value: Json, longest: number): Problem | undefined {
  if (isDeeperThan(value, DEEPEST_OBJECT))
    return new Problem(`expected at most ${DEEPEST_OBJECT} levels of JSON, found more`);
  const text = JSON.stringify(value);
  if (text.length > longest)
    return new Problem(`expected at most ${longest} characters of JSON, found ${text.length}`);
  return HALF_CHARACTER.test(text)
    ? new Problem("expected text, found half a character (a lone surrogate)")
    : undefined;
}

const isDeeperThan = (value: Json, levels: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1)));
