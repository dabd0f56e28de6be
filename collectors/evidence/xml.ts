import { SaxesParser } from "saxes";
import { FileProblem } from "../reading/problem.ts";
import { shortened } from "../reading/words.ts";

/** An element with what was kept of its content. Names are without their namespace prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** Of elements without kept children. */
  text: string;
  /** Child elements of each name, those that were not kept included. */
  readonly counts: Record<string, number>;
}

const DEEPEST = 100;
const MOST_ELEMENTS = 2_000_000;
const LONGEST_TEXT = 100_000;
/** What a test says of itself, however much, is no reason to pass over that it failed. */
const PASSED_OVER = new Set(["failure", "error", "skipped"]);

/**
 * Reads a document, keeping only elements of the `kept` names whose ancestors are all kept. Nothing is fetched, no
 * entity is known but the five of XML, and none can be declared.
 * @throws {FileProblem} with the line
 */
export function readXml(text: string, kept: ReadonlySet<string>): XmlElement {
  const tree = new Tree(kept);
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  const fail = (reason: string): never => {
    throw new FileProblem(parser.line, reason);
  };
  parser.on("error", (error) =>
    fail(`expected XML, found ${shortened(error.message.replace(/^\d+:\d+: /, ""))}`),
  );
  parser.on("doctype", (doctype) => {
    if (doctype.includes("[")) fail("expected no declarations in DOCTYPE, found some; entities are not read");
  });
  parser.on("opentag", ({ name, attributes }) => {
    const problem = tree.open(name, attributes);
    if (problem !== undefined) fail(problem);
  });
  const take = (part: string) => {
    if (!tree.text(part)) fail(`expected at most ${LONGEST_TEXT} characters in an element, found more`);
  };
  parser.on("text", take);
  parser.on("cdata", take);
  parser.on("closetag", () => tree.close());
  parser.write(text).close();
  return tree.root ?? fail("expected an XML document, found none");
}

const localName = (name: string) => name.slice(name.indexOf(":") + 1);

class Tree {
  root: XmlElement | undefined;
  readonly #kept: ReadonlySet<string>;
  /** The element at each level; undefined where it is not kept. */
  readonly #open: (XmlElement | undefined)[] = [];
  #elements = 0;

  constructor(kept: ReadonlySet<string>) {
    this.#kept = kept;
  }

  /** Why the element cannot be taken in. */
  open(written: string, attributes: Record<string, string>): string | undefined {
    const parent = this.#open.at(-1);
    const name = localName(written);
    this.#elements += 1;
    if (this.#elements > MOST_ELEMENTS) return `expected at most ${MOST_ELEMENTS} elements, found more`;
    if (this.#open.length >= DEEPEST) return `expected at most ${DEEPEST} levels, found more`;
    if (parent !== undefined) parent.counts[name] = (parent.counts[name] ?? 0) + 1;
    const isKept = this.#open.length === 0 || (parent !== undefined && this.#kept.has(name));
    const long = isKept
      ? Object.entries(attributes).find(([, value]) => value.length > LONGEST_TEXT)
      : undefined;
    if (long !== undefined && long[0] !== "message")
      return `expected at most ${LONGEST_TEXT} characters in ${long[0]}, found ${long[1].length}`;
    this.#open.push(isKept ? this.#added(name, attributes, parent) : undefined);
    return undefined;
  }

  #added(name: string, attributes: Record<string, string>, parent: XmlElement | undefined): XmlElement {
    const element = { name, attributes: { ...attributes }, children: [], text: "", counts: {} };
    parent?.children.push(element);
    this.root ??= element;
    return element;
  }

  /** False where it is too long. */
  text(part: string): boolean {
    const element = this.#open.at(-1);
    if (PASSED_OVER.has(element?.name ?? "")) return true;
    if (element !== undefined && part.trim() !== "") element.text += part;
    return element === undefined || element.text.length <= LONGEST_TEXT;
  }

  close(): void {
    this.#open.pop();
  }
}

/** The first child of a name. */
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];
