import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/package-root.ts";

const FOLDER = join(packageRoot, "collectors/github/graphql");

let parts: ReadonlyMap<string, string> | undefined;

/** Operations and fragments of graphql/*.graphql, by name. */
function read(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(FOLDER).sort()) {
    const text = readFileSync(join(FOLDER, file), "utf8").replaceAll(/^#.*\n/gm, "");
    for (const part of text.split(/^(?=query |fragment )/m)) {
      const name = /^(?:query|fragment) (\w+)/.exec(part)?.[1];
      if (name !== undefined) found.set(name, part.trim());
    }
  }
  return found;
}

const documents = new Map<string, string>();

/** An operation with the fragments that it uses, and no others: GitHub refuses unused ones. */
export function documentOf(operation: string): string {
  const known = documents.get(operation);
  if (known !== undefined) return known;
  parts ??= read();
  const names = [operation];
  const texts: string[] = [];
  for (const name of names) {
    const text = parts.get(name);
    if (text === undefined) throw new RangeError(`no operation or fragment ${name} in ${FOLDER}`);
    texts.push(text);
    for (const [, used = ""] of text.matchAll(/\.\.\.(\w+)/g))
      if (used !== "on" && !names.includes(used)) names.push(used);
  }
  const document = texts.join("\n");
  documents.set(operation, document);
  return document;
}

/** Every operation there is, for tests that hold them against the schema. */
export function operations(): string[] {
  parts ??= read();
  return [...parts].filter(([, text]) => text.startsWith("query ")).map(([name]) => name);
}
