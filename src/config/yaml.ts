import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from "yaml";

export type Path = readonly (string | number)[];

/** A place in the file and what is wrong there. */
export interface Place {
  readonly line: number;
  readonly message: string;
}

/** A YAML file as plain values that still knows where each of them was written. */
export interface YamlFile {
  readonly value: unknown;
  /** What is wrong with the YAML itself; with any of these, `value` is not to be used. */
  readonly problems: readonly Place[];
  /** Line of the value at the path, or of the closest thing above it that is in the file. */
  lineOf(path: Path): number;
  /** The path as far as the file has it. */
  written(path: Path): Path;
}

// Enough for one shared block per service of a large company; what hostile files do needs far more.
const MOST_ALIASES = 200;
// Of all names together: each is looked for among those before it.
const MOST_IN_ALL = 5_000;

const READABLE: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "the key is there twice",
  MULTIPLE_DOCS: "a second document begins here; expected one",
  TAB_AS_INDENT: "a tab; expected spaces",
};

/** What a name is called to which the lines after it belong, since nothing ends it. */
const NO_COLON = "MULTILINE_IMPLICIT_KEY";

/** Behind a missing colon nothing stands where it was meant to. */
function withoutConsequences<Problem extends { readonly code: string }>(errors: readonly Problem[]): readonly Problem[] {
  const first = errors.findIndex(({ code }) => code === NO_COLON);
  return first < 0 ? errors : errors.slice(0, first + 1);
}

const withoutColon = (text: string, offset: number): string =>
  `a colon is missing after \`${(text.slice(offset).split("\n", 1)[0] ?? "").trim()}\``;

/** Reads YAML 1.2 (core schema): one document, no duplicate keys, no custom tags, few aliases. */
export function readYaml(text: string, { numbers = "values" }: { numbers?: "values" | "as written" } = {}): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    version: "1.2",
    schema: "core",
    stringKeys: true,
    prettyErrors: false,
  });
  if (numbers === "as written") keepDigits(document);
  const targets: Targets = new Map();
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const problems = [
    ...withoutConsequences(document.errors).map(({ code, message, pos }) => ({
      line: lineAt(pos[0]),
      message: code === NO_COLON ? withoutColon(text, pos[0]) : (READABLE[code] ?? `not YAML: ${message}`),
    })),
    ...forbiddenNodes(document, targets).map(({ node, message }) => ({
      line: lineAt(offsetOf(node)),
      message,
    })),
  ];
  return {
    ...valueOf(document, problems),
    lineOf: (path) => lineAt(stepsTo(document, targets, path).at(-1)?.offset ?? 0),
    written: (path) => path.slice(0, stepsTo(document, targets, path).length),
  };
}

function valueOf(document: Document.Parsed, problems: readonly Place[]) {
  if (problems.length > 0) return { value: undefined, problems };
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown, problems };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { value: undefined, problems: [{ line: 1, message: TOO_MANY }] };
  }
}

/** Numbers that would read otherwise than they are written stay text: 1.10 is a version, 4120e91 and 0123456 are commits. */
function keepDigits(document: Document): void {
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === "number" && scalar.source !== undefined && String(scalar.value) !== scalar.source)
        scalar.value = scalar.source;
    },
  });
}

const TOO_MANY = "too many aliases (*name)";

interface Forbidden {
  readonly node: Node;
  readonly message: string;
}

/** What each alias stands for. The library looks through the whole document for each of them. */
type Targets = Map<Alias, Node>;

/** Finds what each alias stands for on the way. */
function forbiddenNodes(document: Document.Parsed, targets: Targets): Forbidden[] {
  const found: Forbidden[] = [];
  const anchors = new Map<string, Node>();
  let aliases = 0;
  visit(document, {
    Alias(_, alias, ancestors) {
      aliases += 1;
      if (aliases > MOST_IN_ALL) {
        found.push({ node: alias, message: TOO_MANY });
        return visit.BREAK;
      }
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
      if (target === undefined)
        found.push({ node: alias, message: `*${alias.source} has no &${alias.source} before it` });
      else if (ancestors.includes(target))
        found.push({ node: alias, message: `*${alias.source} contains itself` });
      return undefined;
    },
    Node(_, node) {
      if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
      if (!isAlias(node) && node.tag && !PLAIN_TAGS.has(node.tag)) {
        found.push({ node, message: `the tag ${node.tag} is not supported` });
      }
    },
    Pair(_, pair) {
      // Would vanish without a word: objects have it already.
      if (isScalar(pair.key) && pair.key.value === "__proto__") {
        found.push({ node: pair.key, message: "`__proto__` cannot be a name" });
      }
    },
  });
  return found;
}

const PLAIN_TAGS = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((tag) => `tag:yaml.org,2002:${tag}`),
);

const offsetOf = (node: unknown) => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** One step down: what is there, and where a reader would look for it. */
interface Step {
  readonly node: unknown;
  readonly offset: number;
}

function stepsTo(document: Document.Parsed, targets: Targets, path: Path): Step[] {
  const steps: Step[] = [];
  let node: unknown = document.contents;
  for (const key of path) {
    const step = child(isAlias(node) ? targets.get(node) : node, key);
    if (!step) break;
    steps.push(step);
    node = step.node;
  }
  return steps;
}

function child(node: unknown, key: string | number): Step | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return isNode(item) ? { node: item, offset: offsetOf(item) } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && item.key.value === String(key));
  return pair && { node: pair.value, offset: offsetOfPair(pair) };
}

// A block is looked for where its key stands, a single value where it is written itself.
function offsetOfPair(pair: Pair): number {
  return isPair(pair) && isScalar(pair.value) && pair.value.source !== ""
    ? offsetOf(pair.value)
    : offsetOf(pair.key);
}
