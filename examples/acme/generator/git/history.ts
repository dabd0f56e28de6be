import type { Instant } from "../clock.ts";
import { closedBy, subjectOf } from "../commits.ts";
import type { Person } from "../people.ts";
import type { Change, Tag } from "../records.ts";
import { commitHash, EMPTY, type Tree, withFile } from "./objects.ts";

/**
 * Turns merged changes into a stream for `git fast-import`, and gives every change the hash that git will
 * give its commit.
 */
export function historyOf(changes: readonly Change[], tags: readonly Tag[]): string {
  const stream: string[] = ["feature done"];
  let tip: Point | undefined;
  const points: Point[] = [];
  for (const change of changes) {
    tip =
      tip && change.repository.merge === "merge"
        ? mergeBranch(stream, change, tip, points)
        : squash(stream, change, tip);
    change.sha = tip.sha;
    points.push(tip);
  }
  const marks = new Map(points.map(({ sha, mark }) => [sha, mark]));
  stream.push(
    ...tags.map((tag) => tagText(tag, marks.get(tag.head.change.sha) ?? tag.head.change.sha)),
    "done",
    "",
  );
  return stream.join("\n");
}

/** A commit with what it left behind. */
interface Point {
  readonly sha: string;
  /** How the stream calls it: hashes are of no use before the import is over. */
  readonly mark: string;
  readonly tree: Tree;
  readonly at: Instant;
}

interface NewCommit {
  readonly parents: readonly Point[];
  readonly author: Person;
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
  readonly message: string;
  readonly files: ReadonlyMap<string, string>;
}

/** What the commit that brings a change to the main line says. */
export function messageOf(change: Change, isMerge: boolean): string {
  return isMerge
    ? message(`Merge pull request #${change.number} from acme/${change.branch}`, [
        change.title,
        ...bodyOf(change),
      ])
    : message(subjectOf(change), bodyOf(change));
}

function squash(stream: string[], change: Change, tip: Point | undefined): Point {
  return commit(stream, {
    parents: tip ? [tip] : [],
    author: change.author,
    authoredAt: change.mergedAt,
    committedAt: change.mergedAt,
    message: messageOf(change, false),
    files: filesOf(change.paths, subjectOf(change)),
  });
}

/** The commits of a branch, off the main line as it was when the work began, and their merge. */
function mergeBranch(stream: string[], change: Change, tip: Point, points: readonly Point[]): Point {
  let branch = points.findLast(({ at }) => at <= change.firstCommitAt) ?? points[0] ?? tip;
  const files = new Map<string, string>();
  for (const [index, own] of change.commits.entries()) {
    const changed = filesOf(own.paths, `${subjectOf(change)} ${index}`);
    branch = commit(stream, { ...own, parents: [branch], message: message(own.subject, []), files: changed });
    own.sha = branch.sha;
    for (const [path, content] of changed) files.set(path, content);
  }
  return commit(stream, {
    parents: [tip, branch],
    author: change.mergedBy,
    authoredAt: change.mergedAt,
    committedAt: change.mergedAt,
    message: messageOf(change, true),
    files,
  });
}

function filesOf(paths: readonly string[], content: string): Map<string, string> {
  return new Map(paths.map((path) => [path, `${path}\n${content}\n`]));
}

/** Trailers that tools read: what is closed, and what is taken back. */
function bodyOf(change: Change): string[] {
  const closes = closedBy(change).map((id) => `Closes ${id}`);
  return [
    ...change.reverts.map(({ sha }) => `This reverts commit ${sha}.`),
    ...(closes.length > 0 ? [closes.join("\n")] : []),
  ];
}

const message = (subject: string, body: readonly string[]) => `${[subject, ...body].join("\n\n")}\n`;

const signature = (person: Person, at: Instant) => `${person.name} <${person.email}> ${at} +0000`;

function commit(
  stream: string[],
  { parents, author, authoredAt, committedAt, message, files }: NewCommit,
): Point {
  const [first, ...others] = parents;
  let tree = first?.tree ?? EMPTY;
  for (const [path, content] of files) tree = withFile(tree, path, content);
  const by = signature(author, authoredAt);
  const at = signature(author, committedAt);
  const mark = `:${stream.length}`;
  stream.push(
    "commit refs/heads/main",
    `mark ${mark}`,
    `author ${by}`,
    `committer ${at}`,
    data(message),
    ...(first ? [`from ${first.mark}`] : []),
    ...others.map((other) => `merge ${other.mark}`),
    ...[...files].flatMap(([path, content]) => [`M 100644 inline ${path}`, data(content)]),
    "",
  );
  const sha = commitHash({
    tree,
    parents: parents.map((parent) => parent.sha),
    author: by,
    committer: at,
    message,
  });
  return { sha, mark, tree, at: committedAt };
}

function tagText({ name, taggedAt, tagger }: Tag, commit: string): string {
  return [
    `tag ${name}`,
    `from ${commit}`,
    `tagger ${signature(tagger, taggedAt)}`,
    data(`client-sdk ${name.slice(1)}\n`),
  ].join("\n");
}

const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}`;
