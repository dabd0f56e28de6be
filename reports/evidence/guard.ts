import type { Json } from "../../collectors/contract.ts";
import { redaction, secretsIn, withoutSecrets } from "./secrets.ts";

/** One line of a JSON Lines file. */
export type Line = string;

/** Called for each secret: the record's key as it may be printed, the field and the rule. */
export type Struck = (key: string, field: string, rule: string) => void;

/**
 * Lines without what looks like a secret. Looked at together first, since nearly all hold none; a line in which something was
 * found is taken apart, so that it stays JSON.
 */
export async function guarded(lines: readonly Line[], struck: Struck): Promise<string> {
  const text = lines.map((line) => `${line}\n`).join("");
  const secrets = await secretsIn(text);
  if (secrets.length === 0) return text;
  const hit = linesAt(
    lines,
    secrets.map(({ from }) => from),
  );
  const clean = await Promise.all(
    lines.map(async (line, index) => (hit.has(index) ? cleaned(line, struck) : line)),
  );
  return clean.map((line) => `${line}\n`).join("");
}

/** Numbers of the lines that hold these places, which are in their order. */
function linesAt(lines: readonly Line[], places: readonly number[]): ReadonlySet<number> {
  const hit = new Set<number>();
  let end = 0;
  let next = 0;
  lines.forEach((line, index) => {
    end += line.length + 1;
    for (; (places[next] ?? Infinity) < end; next += 1) hit.add(index);
  });
  return hit;
}

async function cleaned(line: Line, struck: Struck): Promise<Line> {
  const found: { field: string; rule: string }[] = [];
  const said = JSON.parse(line) as { [name: string]: Json };
  const { payload, ...head } = (await clean(said, "", "", (field, rule) => found.push({ field, rule }))) as {
    [name: string]: Json;
  };
  const [left] = await secretsIn(JSON.stringify(payload ?? null));
  if (left !== undefined) found.push({ field: "payload", rule: left.rule });
  const safe = left === undefined ? payload : redaction(left.rule);
  for (const { field, rule } of found)
    struck(typeof head["key"] === "string" ? head["key"] : "", field, rule);
  return JSON.stringify(
    safe === undefined ? head : { ...head, ...(found.length > 0 ? { reduced: true } : {}), payload: safe },
  );
}

type Found = (field: string, rule: string) => void;

/** Every text, with the name that stands before it: some rules go by that. */
async function clean(value: Json, name: string, path: string, found: Found): Promise<Json> {
  if (typeof value === "string") return cleanText(value, name, path, found);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return Promise.all(value.map((item) => clean(item, name, `${path}[]`, found)));
  const members = Object.entries(value).map(async ([key, item]): Promise<[string, Json]> => {
    const { text: safeKey, rules } = await withoutSecrets(key);
    const place = path === "" ? safeKey : `${path}.${safeKey}`;
    rules.forEach((rule) => found(place, rule));
    return [safeKey, await clean(item, key, place, found)];
  });
  return Object.fromEntries(await Promise.all(members));
}

/** Hashes of records are not words of the source. */
const OWN = new Set(["sha256"]);

async function cleanText(value: string, name: string, path: string, found: Found): Promise<string> {
  if (OWN.has(path)) return value;
  const before = `${name}=`;
  const secrets = (await secretsIn(before + value)).filter(({ until }) => until > before.length);
  secrets.forEach(({ rule }) => found(path, rule));
  const parts = secrets.map(
    ({ from, rule }, index) =>
      value.slice(
        Math.max(0, (secrets[index - 1]?.until ?? before.length) - before.length),
        Math.max(0, from - before.length),
      ) + redaction(rule),
  );
  return parts.join("") + value.slice(Math.max(0, (secrets.at(-1)?.until ?? before.length) - before.length));
}
