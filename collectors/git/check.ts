import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { yamlOf } from "../../src/config/line-to-add.ts";
import { SourceError } from "../../src/errors.ts";
import type { Check, CheckContext } from "../contract.ts";
import type { GitConfig, RepositoryConfig } from "./config.ts";
import { bundleHeads, git, type GitLocation } from "./git.ts";
import { readRefs } from "./refs.ts";
import { guessReleaseTags } from "./release-tags.ts";
import { assertBundle, openRepository, type Repository } from "./repository.ts";
import { pathspecOf } from "./revisions.ts";

/** Whether each repository is there and whole, and its main line and release tags are found. Reads references, no commits. */
export async function* check(config: GitConfig, context: CheckContext): AsyncGenerator<Check> {
  for (const entry of config.repositories) {
    try {
      yield* repositoryChecks(entry, context);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      yield problemOf(entry, error);
    }
  }
}

/** The message names repository and path, and ends in what to do. */
function problemOf({ repository, path }: RepositoryConfig, { message }: SourceError): Check {
  const said = message.replace(`${repository} (${path}): `, "");
  const [first = said, ...rest] = said.split(/(?<=[^.])\. (?=[A-Z])/);
  const remedy = rest.join(". ") || "see what it says, then ask again";
  return { status: "problem", subject: repository, message: first, remedy };
}

async function* repositoryChecks(
  entry: RepositoryConfig,
  { baseDirectory }: CheckContext,
): AsyncGenerator<Check> {
  const found = await stat(resolve(baseDirectory, entry.path)).catch(() => undefined);
  const isBundle = found?.isFile() === true;
  const { checks, tags, tip } = isBundle
    ? await lookIntoBundle(entry, baseDirectory)
    : await lookIntoClone(entry, baseDirectory);
  yield* checks;
  if (entry.commits) yield* releaseChecks(entry, tags);
  if (tip) for (const { files } of entry.runbooks) yield await runbookCheck(tip, files);
}

/** Of a bundle, which is not unpacked, nobody looks. */
async function runbookCheck({ repository, sha }: Tip, pattern: string): Promise<Check> {
  const args = ["rev-list", "--count", "--end-of-options", sha, "--", pathspecOf(pattern)];
  const revisions = Number(await git(repository, args));
  const subject = repository.name;
  if (revisions > 0)
    return { status: "ok", subject, message: `${revisions} commits change files that fit ${pattern}` };
  return {
    status: "problem",
    subject,
    message: `no file fits ${pattern}, so no revision of a runbook is found`,
    remedy: "correct `files`: a path from the root of the repository, with capitals as they are there",
  };
}

interface Look {
  readonly checks: readonly Check[];
  readonly tags: readonly string[];
  readonly tip?: Tip | undefined;
}

interface Tip {
  readonly repository: Repository;
  readonly sha: string;
}

async function lookIntoClone(entry: RepositoryConfig, baseDirectory: string): Promise<Look> {
  const repository = await openRepository(entry, { baseDirectory, report: () => undefined });
  if (!repository) return { checks: [], tags: [] };
  const [main, ...tags] = await readRefs(repository);
  const line: Check = main
    ? {
        status: "ok",
        subject: entry.repository,
        message: `main line ${main.name}, newest commit of ${await dateOf(repository, main.sha)}`,
      }
    : {
        status: "warning",
        subject: entry.repository,
        message: "has no commits yet",
        remedy: "if it should have some, clone it anew",
      };
  return {
    checks: [line, ...(await shallowChecks(repository))],
    tags: tags.map(({ name }) => name),
    tip: main && { repository, sha: main.sha },
  };
}

const dateOf = async (repository: Repository, sha: string) =>
  (await git(repository, ["log", "-1", "--format=%cs", "--end-of-options", sha, "--"])).trim();

async function shallowChecks(repository: Repository): Promise<Check[]> {
  if ((await git(repository, ["rev-parse", "--is-shallow-repository"])) !== "true") return [];
  return [
    {
      status: "warning",
      subject: repository.name,
      message: "is a shallow clone: its history is cut off, and what lies before is unknown",
      remedy: `git -C ${repository.path} fetch --unshallow (in CI: fetch-depth: 0)`,
    },
  ];
}

/** A bundle is not unpacked: it lists what it carries. */
async function lookIntoBundle(entry: RepositoryConfig, baseDirectory: string): Promise<Look> {
  const location: GitLocation = {
    name: entry.repository,
    path: entry.path,
    directory: resolve(baseDirectory, entry.path),
  };
  await assertBundle(location);
  const names = (await bundleHeads(location)).split("\n").map((line) => line.split(" ")[1] ?? "");
  const main = entry.main === undefined ? "HEAD" : `refs/heads/${entry.main}`;
  const line: Check = names.includes(main)
    ? { status: "ok", subject: entry.repository, message: `a bundle with ${main}` }
    : {
        status: "problem",
        subject: entry.repository,
        message: `the bundle has no ${main}`,
        remedy: "make it again with git bundle create <file> --all, or set `main` to a branch that it has",
      };
  return {
    checks: [line],
    tags: names
      .filter((name) => name.startsWith("refs/tags/"))
      .map((name) => name.slice("refs/tags/".length)),
  };
}

function* releaseChecks(
  { repository, releases }: RepositoryConfig,
  tags: readonly string[],
): Generator<Check> {
  for (const { tags: pattern, service } of releases) {
    const matching = tags.filter((tag) => expression(pattern).test(tag)).length;
    yield matching > 0
      ? { status: "ok", subject: repository, message: `${matching} of ${tags.length} tags fit ${pattern}` }
      : noTags(repository, pattern, service, tags);
  }
}

function noTags(repository: string, pattern: string, service: string, tags: readonly string[]): Check {
  const guess = guessReleaseTags(tags);
  const message = `no tag fits ${pattern}, so ${service} has no releases${tags.length === 0 ? ": there are no tags here" : ""}`;
  if (!guess)
    return {
      status: "problem",
      subject: repository,
      message,
      remedy: "correct `tags`, or fetch the tags: git fetch --tags",
    };
  return {
    status: "problem",
    subject: repository,
    message,
    remedy: `${guess.matching} of ${guess.total} tags look like ${guess.pattern}: write that, if it is meant`,
    lineToAdd: yamlOf(["releases"], [{ tags: guess.pattern, service }]),
  };
}

/** As queries/staging/git/git_release.sql reads a pattern. */
function expression(pattern: string): RegExp {
  const [before = "", after = ""] = pattern
    .split("{version}")
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll("\\*", ".*?"));
  return new RegExp(`^${before}[0-9].*?${after}$`, "s");
}
