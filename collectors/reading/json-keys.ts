import { createScanner } from "jsonc-parser";
import type { Json } from "../contract.ts";
import { shown } from "./words.ts";

/** What the scanner calls these tokens: its enumeration cannot be named in code that is stripped of types. */
const OPEN_OBJECT = 1;
const CLOSE_OBJECT = 2;
const OPEN_LIST = 3;
const CLOSE_LIST = 4;
const COLON = 6;
const END = 17;

export interface KeyProblem {
  /** From 0. */
  readonly line: number;
  readonly reason: string;
}

/** A key that comes twice in one object, of which a parser keeps the last without a word; or more levels than are wanted. */
export function keyProblem(text: string, deepest = Infinity): KeyProblem | undefined {
  const scanner = createScanner(text, true);
  const open: Set<string>[] = [];
  const at = (reason: string): KeyProblem => ({ line: scanner.getTokenStartLine(), reason });
  let before = "";
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (token === OPEN_OBJECT || token === OPEN_LIST) open.push(new Set());
    else if (token === CLOSE_OBJECT || token === CLOSE_LIST) open.pop();
    else if (token === COLON && open.at(-1)?.has(before) === true)
      return at(`expected each key once, found ${shown(before)} again`);
    else if (token === COLON) open.at(-1)?.add(before);
    if (open.length > deepest) return at(`expected at most ${deepest} levels, found more`);
    before = scanner.getTokenValue();
  }
  return undefined;
}

/**
 * The same of what was parsed already: where as many keys stand in the text as came of it, none comes twice. A text with a quote and a
 * colon in it only looks as if it had more.
 */
export function repeatedKey(text: string, parsed: Json): KeyProblem | undefined {
  let written = 0;
  for (const _ of text.matchAll(/"\s*:/g)) written += 1;
  return written === keysIn(parsed) ? undefined : keyProblem(text);
}

function keysIn(parsed: Json): number {
  let keys = 0;
  const left: Json[] = [parsed];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const inner = Object.values(value);
    if (!Array.isArray(value)) keys += inner.length;
    for (const one of inner) left.push(one);
  }
  return keys;
}
