import { createHash } from "node:crypto";

/**
 * Hashes of git objects, computed as git does. Knowing them without asking git lets a message name an
 * earlier commit, and the other files be written while git still works.
 */
export interface Tree {
  readonly hash: string;
  readonly entries: ReadonlyMap<string, Tree | Blob>;
}

export interface Blob {
  readonly hash: string;
  readonly entries?: never;
}

export const EMPTY: Tree = tree(new Map());

/** The tree with a file put in place; what did not change is shared. */
export function withFile(base: Tree, path: string, content: string): Tree {
  const [name = "", ...rest] = path.split("/");
  const child = base.entries.get(name);
  const entry =
    rest.length === 0 ? blob(content) : withFile(child?.entries ? child : EMPTY, rest.join("/"), content);
  return tree(new Map(base.entries).set(name, entry));
}

export interface CommitText {
  readonly tree: Tree;
  readonly parents: readonly string[];
  readonly author: string;
  readonly committer: string;
  readonly message: string;
}

export function commitHash({ tree: { hash }, parents, author, committer, message }: CommitText): string {
  const lines = [
    `tree ${hash}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${author}`,
    `committer ${committer}`,
  ];
  return object("commit", Buffer.from(`${lines.join("\n")}\n\n${message}`));
}

function blob(content: string): Blob {
  return { hash: object("blob", Buffer.from(content)) };
}

function tree(entries: Map<string, Tree | Blob>): Tree {
  const parts = [...entries]
    .map(([name, entry]) => ({ name, entry, order: entry.entries ? `${name}/` : name }))
    .sort((one, other) => (one.order < other.order ? -1 : 1))
    .flatMap(({ name, entry }) => [
      Buffer.from(`${entry.entries ? "40000" : "100644"} ${name}\0`),
      Buffer.from(entry.hash, "hex"),
    ]);
  return { hash: object("tree", Buffer.concat(parts)), entries };
}

function object(kind: string, content: Buffer): string {
  return createHash("sha1").update(`${kind} ${content.length}\0`).update(content).digest("hex");
}
