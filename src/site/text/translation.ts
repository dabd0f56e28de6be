import { readFile } from "node:fs/promises";
import { IntlMessageFormat } from "intl-messageformat";
import { didYouMean } from "../../config/suggest.ts";
import { readYaml } from "../../config/yaml.ts";
import { ConfigError, UsageError, type ConfigProblem } from "../../errors.ts";
import { ENGLISH, type Catalogue, type MessageKey } from "./catalogue.ts";

export interface Translation {
  readonly messages: Partial<Record<MessageKey, string>>;
  /** What English stands in for. */
  readonly missing: readonly MessageKey[];
}

const KEYS = Object.keys(ENGLISH.messages) as MessageKey[];
const isKey = (key: string): key is MessageKey => Object.hasOwn(ENGLISH.messages, key);

/**
 * Reads a translation and checks all of it.
 * @throws {ConfigError} with everything that is wrong in it: a page must not fail for a message half an hour later
 */
export async function readTranslation(file: string, shownAs: string): Promise<Translation> {
  const yaml = readYaml(await textOf(file, shownAs));
  if (yaml.problems.length > 0)
    throw new ConfigError(yaml.problems.map((problem) => ({ file: shownAs, path: "", ...problem })));
  const { value } = yaml;
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new ConfigError([{ file: shownAs, line: 1, path: "", message: "expected messages by their keys" }]);
  const problems = Object.entries(value).flatMap(([key, message]): ConfigProblem[] =>
    problemsOf(key, message).map((said) => ({ file: shownAs, line: yaml.lineOf([key]), path: key, message: said })),
  );
  if (problems.length > 0) throw new ConfigError(problems.toSorted((a, b) => a.line - b.line));
  const messages = value as Partial<Record<MessageKey, string>>;
  return { messages, missing: KEYS.filter((key) => messages[key] === undefined) };
}

async function textOf(file: string, shownAs: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${shownAs} cannot be read: ${reason}`);
  }
}

/** The catalogue of a build: what is not translated stays in English. */
export const translated = ({ messages }: Translation, locale: string): Catalogue => ({
  locale,
  messages: { ...ENGLISH.messages, ...messages },
});

function problemsOf(key: string, message: unknown): string[] {
  if (!isKey(key)) return [`no message has this key${didYouMean(key, KEYS)}`];
  if (typeof message !== "string" || message === "") return ["expected text"];
  const own = partsOf(message);
  if (own instanceof SyntaxError) return [`no message of ICU MessageFormat: ${own.message.replaceAll("_", " ").toLowerCase()}`];
  const english = partsOf(ENGLISH.messages[key]);
  return english instanceof SyntaxError ? [] : own.flatMap((part) => problemOf(part, english));
}

interface Part {
  readonly kind: "text" | "number" | "tag";
  readonly name: string;
}

const written = ({ kind, name }: Part) => (kind === "tag" ? `<${name}>` : `{${name}}`);

function problemOf(part: Part, english: readonly Part[]): string[] {
  const same = english.filter(({ name, kind }) => name === part.name && (kind === "tag") === (part.kind === "tag"));
  if (same.length === 0) {
    const known = [...new Set(english.map(written))];
    return [`${written(part)} is not in the English message, which has ${known.join(", ") || "none"}`];
  }
  // What is written out already, such as "1,204", has no plural.
  const isText = part.kind === "number" && !same.some(({ kind }) => kind === "number");
  return isText ? [`${written(part)} is text in the English message: it has no plural and no number format`] : [];
}

type Element = ReturnType<IntlMessageFormat["getAst"]>[number];

/** What is filled into a message, each as often as it stands there. */
function partsOf(message: string): Part[] | SyntaxError {
  try {
    return new IntlMessageFormat(message, ENGLISH.locale).getAst().flatMap(partsIn);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

// Types of elements as the parser numbers them.
const [LITERAL, ARGUMENT, SELECT, POUND] = [0, 1, 5, 7];

function partsIn(element: Element): Part[] {
  const type: number = element.type;
  if (type === LITERAL || type === POUND || !("value" in element)) return [];
  const name = element.value;
  if ("children" in element) return [{ kind: "tag", name }, ...element.children.flatMap(partsIn)];
  const kind = type === ARGUMENT || type === SELECT ? "text" : "number";
  const options = "options" in element ? Object.values(element.options) : [];
  return [{ kind, name }, ...options.flatMap(({ value }) => value.flatMap(partsIn))];
}
