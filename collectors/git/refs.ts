import { failure, git } from "./git.ts";
import type { Repository } from "./repository.ts";

/** The main line or a tag. */
export interface Ref {
  /** `refs/heads/main` (wherever it was read from) or `refs/tags/v1.0`. */
  readonly fullName: string;
  readonly name: string;
  readonly kind: "main" | "tag";
  /** What the reference holds: of an annotated tag the tag object, so that it changes with its date too. */
  readonly object: string;
  /** The commit. */
  readonly sha: string;
  readonly taggedAt: string | null;
}

interface Listed {
  readonly fullName: string;
  readonly object: string;
  readonly type: string;
  readonly peeled: string;
  readonly peeledType: string;
  readonly taggedAt: string;
  readonly target: string;
}

const FIELDS = [
  "refname",
  "objectname",
  "objecttype",
  "*objectname",
  "*objecttype",
  "taggerdate:iso-strict",
  "symref",
];
const FORMAT = FIELDS.map((field) => `%(${field})`).join("%00");

/** The main line first, then the tags in git's order; none where the repository has no commit yet. */
export async function readRefs(repository: Repository): Promise<Ref[]> {
  const printed = await git(repository, [
    "for-each-ref",
    `--format=${FORMAT}`,
    "refs/heads",
    "refs/remotes",
    "refs/tags",
  ]);
  const listed = printed
    .split("\n")
    .filter((line) => line !== "")
    .map(listedRef);
  if (listed.length === 0) return [];
  const branches = listed.filter(({ fullName }) => !fullName.startsWith("refs/tags/"));
  const tags = listed.filter(({ fullName }) => fullName.startsWith("refs/tags/"));
  return [await mainLine(repository, branches), ...(await tagRefs(repository, tags))];
}

function listedRef(line: string): Listed {
  const [fullName = "", object = "", type = "", peeled = "", peeledType = "", taggedAt = "", target = ""] =
    line.split("\0");
  return { fullName, object, type, peeled, peeledType, taggedAt, target };
}

async function mainLine(repository: Repository, branches: readonly Listed[]): Promise<Ref> {
  const candidates = await mainLineCandidates(repository, branches);
  const found = candidates
    .map((name) => branches.find(({ fullName }) => fullName === name))
    .find((ref) => ref !== undefined);
  if (!found) throw noMainLine(repository, branches);
  const name = found.fullName.replace(/^refs\/(heads|remotes\/[^/]+)\//, "");
  return {
    fullName: `refs/heads/${name}`,
    name,
    kind: "main",
    object: found.object,
    sha: found.object,
    taggedAt: null,
  };
}

/** A clone's own branch is only as new as the last pull, so what was fetched from the remote comes first. */
async function mainLineCandidates(repository: Repository, branches: readonly Listed[]): Promise<string[]> {
  const { main } = repository.config;
  if (main !== undefined)
    return [`refs/remotes/origin/${main}`, `refs/heads/${main}`, `refs/remotes/${main}`, main];
  const remoteHead = remoteHeadOf(branches);
  if (remoteHead) return [remoteHead.target];
  const head = await git(repository, ["rev-parse", "--symbolic-full-name", "HEAD"]).catch(() => "");
  return [head.replace("refs/heads/", "refs/remotes/origin/"), head];
}

function remoteHeadOf(branches: readonly Listed[]): Listed | undefined {
  const heads = branches.filter(
    ({ fullName, target }) => target !== "" && /^refs\/remotes\/[^/]+\/HEAD$/.test(fullName),
  );
  return (
    heads.find(({ fullName }) => fullName === "refs/remotes/origin/HEAD") ??
    (heads.length === 1 ? heads[0] : undefined)
  );
}

function noMainLine(repository: Repository, branches: readonly Listed[]): Error {
  const { main } = repository.config;
  const names = branches
    .filter(({ target }) => target === "")
    .map(({ fullName }) => fullName.replace(/^refs\/(heads|remotes)\//, ""));
  const there =
    names.length === 0
      ? "It has no branches"
      : `It has ${names.slice(0, 5).join(", ")}${names.length > 5 ? " ..." : ""}`;
  const problem = main === undefined ? "its HEAD names no branch" : `there is no branch ${main}`;
  return failure(
    repository,
    "missing",
    `${problem}. ${there}: set \`main\` to the branch that is released from`,
  );
}

async function tagRefs(repository: Repository, tags: readonly Listed[]): Promise<Ref[]> {
  const nested = await peelNested(
    repository,
    tags.filter(({ peeledType }) => peeledType === "tag").map(({ object }) => object),
  );
  return tags.flatMap((tag) => {
    const sha = commitOf(tag) ?? nested.get(tag.object);
    if (sha === undefined) return []; // A tag of a file or folder is no point in the history.
    const { fullName, object } = tag;
    return [
      {
        fullName,
        name: fullName.slice("refs/tags/".length),
        kind: "tag",
        object,
        sha,
        taggedAt: tag.taggedAt || null,
      },
    ];
  });
}

function commitOf({ type, object, peeledType, peeled }: Listed): string | undefined {
  if (type === "commit") return object;
  return peeledType === "commit" ? peeled : undefined;
}

/** A tag of a tag: older versions of git peel only the outer one when they list. */
async function peelNested(repository: Repository, objects: readonly string[]): Promise<Map<string, string>> {
  if (objects.length === 0) return new Map();
  const printed = await git(
    repository,
    ["cat-file", "--batch-check=%(objectname) %(objecttype)"],
    objects.map((object) => `${object}^{commit}\n`).join(""),
  );
  return new Map(
    printed.split("\n").flatMap((line, index): [string, string][] => {
      const [sha, type] = line.split(" ");
      return type === "commit" && sha !== undefined ? [[objects[index] ?? "", sha]] : [];
    }),
  );
}
