import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { globSync } from "tinyglobby";
import { z } from "zod";
import type { Finding } from "../config/findings.ts";
import { parseConfig } from "../config/load.ts";
import { didYouMean, oneOf } from "../config/suggest.ts";
import { ConfigError, type ConfigProblem } from "../errors.ts";
import { packageRoot } from "../package-root.ts";

/** The only thing that a mapping says. */
const PHRASE = "evidence that supports";
const PLACE = "{clause}";

const text = z
  .string()
  .regex(/^[^\p{Cc}\s](?:[^\p{Cc}]*[^\p{Cc}\s])?$/u, "expected one line of text without spaces around it");
const shortText = text.max(120);

const clause = z.strictObject({
  /** What the clause asks for, in words of one's own. */
  title: shortText,
  /** Whether the clause was compared with the publisher's text. */
  verified: z.boolean(),
});

const schema = z.strictObject({
  framework: z.string().regex(/^[a-z][a-z0-9_]*$/, "expected a key such as `iso_27001`"),
  short: text.max(30),
  title: shortText,
  edition: shortText,
  publisher: shortText,
  url: z.url({ protocol: /^https$/, error: "expected an address that begins with https://" }),
  phrase: z.literal(PHRASE),
  cite: shortText.includes(PLACE, `expected a text with ${PLACE} in it`),
  note: text.optional(),
  clauses: z
    .record(z.string().max(40).pipe(text), clause)
    .refine((clauses) => Object.keys(clauses).length > 0, "expected at least one clause, found none"),
});

export interface Clause extends z.output<typeof clause> {
  readonly clause: string;
}

export interface Framework extends Omit<z.output<typeof schema>, "clauses"> {
  /** In the order in which people number them: 8.9 before 8.11. */
  readonly clauses: readonly Clause[];
  /** True for a file of the user's own folder. */
  readonly isLocal: boolean;
}

/**
 * The supplied frameworks and those of `own`, a folder of the user's, in the order of their keys. A file
 * there goes before a supplied one of the same name; a folder that is not there holds none.
 * @throws {ConfigError} with file, line and clause of everything wrong in any of them
 */
export function readFrameworks(own?: string): Framework[] {
  const supplied = readFolder(join(packageRoot, "frameworks"), false);
  const local = own === undefined ? NOTHING : readFolder(own, true);
  const problems = [...supplied.problems, ...local.problems];
  if (problems.length > 0) throw new ConfigError(problems);
  const byKey = new Map([...supplied.frameworks, ...local.frameworks].map((one) => [one.framework, one]));
  return [...byKey.values()].toSorted((a, b) => (a.framework < b.framework ? -1 : 1));
}

/** The clause as a pack or page names it: `ISO/IEC 27001:2022 8.32`. */
export const cite = ({ cite: form }: Framework, id: string) => form.replace(PLACE, () => id);

/** What a control's `frameworks` names that no framework has, each with its place in that mapping. */
export function mappingFindings(
  mapping: Readonly<Record<string, readonly string[]>>,
  frameworks: readonly Framework[],
): Finding[] {
  const byKey = new Map(frameworks.map((one) => [one.framework, one]));
  return Object.entries(mapping).flatMap(([key, ids]) => {
    const framework = byKey.get(key);
    return framework ? unknownClauses(framework, ids) : [unknownFramework(key, [...byKey.keys()])];
  });
}

// No guess at the clause that may be meant: a neighbour asks for something else altogether.
function unknownClauses({ framework, short, clauses }: Framework, ids: readonly string[]): Finding[] {
  const known = new Set(clauses.map(({ clause: id }) => id));
  return ids.flatMap((id, index) => {
    const message = `frameworks/${framework}.yaml (${short}) has no clause ${JSON.stringify(id)}`;
    return known.has(id) ? [] : [{ path: [framework, index], message }];
  });
}

const unknownFramework = (key: string, known: readonly string[]): Finding => ({
  path: [key],
  message: `no such framework${didYouMean(key, known) || `; expected ${oneOf(known)}`}`,
});

interface Folder {
  readonly frameworks: readonly Framework[];
  readonly problems: readonly ConfigProblem[];
}

const NOTHING: Folder = { frameworks: [], problems: [] };

function readFolder(folder: string, isLocal: boolean): Folder {
  const files = globSync("*.{yaml,yml}", { cwd: folder, expandDirectories: false }).sort();
  const read = files.map((file) => readOne(join(folder, file), isLocal));
  return {
    frameworks: read.flatMap(({ frameworks }) => frameworks),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function readOne(path: string, isLocal: boolean): Folder {
  const shownAs = join("frameworks", basename(path));
  try {
    const { clauses, ...rest } = parseConfig(fileText(path, shownAs), shownAs, schema, undefined, (read) =>
      brokenRules(read, path),
    );
    return { frameworks: [{ ...rest, clauses: ordered(clauses), isLocal }], problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { frameworks: [], problems: error.problems };
  }
}

function fileText(path: string, shownAs: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ConfigError([{ file: shownAs, line: 1, path: "", message: "expected UTF-8 text" }]);
  }
}

// One framework has one file: two that claim a key, or `soc2.yml` beside `soc2.yaml`, would hide one another.
function brokenRules({ framework }: z.output<typeof schema>, path: string): Finding[] {
  const expected = `${framework}.yaml`;
  if (basename(path) === expected) return [];
  return [{ path: ["framework"], message: `expected the file to be called ${expected}` }];
}

const inOrder = new Intl.Collator("en", { numeric: true });

const ordered = (clauses: z.output<typeof schema>["clauses"]): Clause[] =>
  Object.entries(clauses)
    .map(([id, rest]) => ({ clause: id, ...rest }))
    .toSorted((a, b) => inOrder.compare(a.clause, b.clause) || (a.clause < b.clause ? -1 : 1));
