import { mkdir, readFile, writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** A commit. `{sha:<id>}` in its message stands for the hash of an earlier commit. */
export interface CommitStep {
  /** Name by which the history (and `repo.sha`) refers to it. */
  readonly commit: string;
  /** Branch; main where left out. */
  readonly on?: string;
  /** First parent; the branch's tip where left out. Another commit than the tip is a force-push. `null` = a root. */
  readonly from?: string | null;
  /** Further parents. */
  readonly merges?: readonly string[];
  readonly message?: string;
  /** Committer's time, and the author's too unless `authoredAt` is given: ISO 8601. An hour after the last one where left out. */
  readonly at?: string;
  readonly authoredAt?: string;
  readonly author?: Identity;
  readonly committer?: Identity;
  /** Path -> content; `null` deletes it. */
  readonly files?: Readonly<Record<string, string | null>>;
}

/** A tag: annotated where `at` is given. An existing one is moved. */
export interface TagStep {
  readonly tag: string;
  readonly of: string;
  readonly at?: string;
  readonly message?: string;
}

/** Points a branch at a commit: creates, resets or (with `null`) deletes it. */
export interface BranchStep {
  readonly branch: string;
  readonly to: string | null;
}

export interface UntagStep {
  readonly untag: string;
}

export type Step = CommitStep | TagStep | BranchStep | UntagStep;

export interface TestRepository {
  /** The working folder: its `.git` is in it. */
  readonly path: string;
  /** Hash of a commit of the history. */
  readonly sha: (commit: string) => string;
  /** Goes on with the history. */
  readonly add: (steps: readonly Step[]) => Promise<void>;
  /** Runs git in the repository. */
  readonly git: (...args: string[]) => Promise<string>;
}

const SOMEBODY: Identity = { name: "Ada Example", email: "ada@example.org" };
const FIRST_COMMIT_AT = Date.parse("2026-01-05T09:00:00Z");
const HOUR = 3_600_000;

/** Nothing of the machine's own git configuration, and no time but that of the history. */
export const gitEnvironment = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_AUTHOR_NAME: SOMEBODY.name,
  GIT_AUTHOR_EMAIL: SOMEBODY.email,
  GIT_AUTHOR_DATE: "2026-01-05T09:00:00Z",
  GIT_COMMITTER_NAME: SOMEBODY.name,
  GIT_COMMITTER_EMAIL: SOMEBODY.email,
  GIT_COMMITTER_DATE: "2026-01-05T09:00:00Z",
  LC_ALL: "C",
  TZ: "UTC",
};

/** Makes a real repository in `folder` whose hashes are the same on every machine. */
export async function makeRepository(folder: string, history: readonly Step[] = []): Promise<TestRepository> {
  await mkdir(folder, { recursive: true });
  const git = async (...args: string[]) => (await runGit(folder, args)).trim();
  await git("init", "--quiet", "--template=", "--initial-branch=main");
  const importer = new Importer(folder);
  await importer.run(history);
  return { path: folder, git, sha: (commit) => importer.sha(commit), add: (steps) => importer.run(steps) };
}

async function runGit(folder: string, args: readonly string[], input = ""): Promise<string> {
  const { stdout } = await execa("git", args, { cwd: folder, input, env: gitEnvironment });
  return stdout;
}

/** Feeds a history to `git fast-import`: thousands of commits take well under a second. */
class Importer {
  readonly #folder: string;
  /** Branch -> its newest commit: git fast-import does not go on from branches of an earlier import by itself. */
  readonly #tips = new Map<string, string>();
  readonly #marks = new Map<string, number>();
  readonly #shas = new Map<string, string>();
  #clock = FIRST_COMMIT_AT;
  #pending: string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  sha(commit: string): string {
    const sha = this.#shas.get(commit);
    if (sha === undefined) throw new Error(`the history has no commit ${commit}`);
    return sha;
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if ("commit" in step) await this.#commit(step);
      else if ("tag" in step) this.#tag(step);
      else if ("branch" in step) this.#point(step);
      else this.#reset(`refs/tags/${step.untag}`, null);
    }
    await this.#flush();
  }

  async #commit(step: CommitStep): Promise<void> {
    const branch = `refs/heads/${step.on ?? "main"}`;
    const message = await this.#message(step.message ?? step.commit);
    const at = (this.#clock = step.at === undefined ? this.#clock + HOUR : Date.parse(step.at));
    const from = step.from === undefined ? this.#tips.get(branch) : step.from;
    if (step.from === null) this.#pending.push(`reset ${branch}\n`);
    this.#tips.set(branch, step.commit);
    this.#marks.set(step.commit, this.#marks.size + 1);
    this.#pending.push(
      `commit ${branch}\nmark ${this.#mark(step.commit)}\n`,
      `author ${signature(step.author ?? SOMEBODY, step.authoredAt ?? at)}\n`,
      `committer ${signature(step.committer ?? SOMEBODY, step.at ?? at)}\n`,
      data(message),
      typeof from === "string" ? `from ${this.#mark(from)}\n` : "",
      ...(step.merges ?? []).map((parent) => `merge ${this.#mark(parent)}\n`),
      ...Object.entries(step.files ?? {}).map(([path, content]) => fileChange(path, content)),
      "\n",
    );
  }

  #tag({ tag, of, at, message }: TagStep): void {
    if (at === undefined) return this.#reset(`refs/tags/${tag}`, of);
    this.#pending.push(
      `tag ${tag}\nfrom ${this.#mark(of)}\ntagger ${signature(SOMEBODY, at)}\n${data(message ?? tag)}`,
    );
  }

  #point({ branch, to }: BranchStep): void {
    const ref = `refs/heads/${branch}`;
    if (to === null) this.#tips.delete(ref);
    else this.#tips.set(ref, to);
    this.#reset(ref, to);
  }

  #reset(ref: string, to: string | null): void {
    this.#pending.push(`reset ${ref}\nfrom ${to === null ? "0".repeat(40) : this.#mark(to)}\n\n`);
  }

  #mark(commit: string): string {
    const mark = this.#marks.get(commit);
    if (mark === undefined) throw new Error(`the history has no commit ${commit}`);
    return `:${mark}`;
  }

  /** A message that names hashes can only be written once those commits exist. */
  async #message(text: string): Promise<string> {
    if (!text.includes("{sha:")) return text;
    await this.#flush();
    return text.replace(/\{sha:([^}]+)\}/g, (_, commit: string) => this.sha(commit));
  }

  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const marks = join(this.#folder, ".git", "test-marks");
    await writeFile(marks, "", { flag: "a" });
    const options = [
      "--quiet",
      "--force",
      "--date-format=raw",
      `--import-marks=${marks}`,
      `--export-marks=${marks}`,
    ];
    await runGit(this.#folder, ["fast-import", ...options], this.#pending.join(""));
    this.#pending = [];
    const shas = new Map(
      (await readFile(marks, "utf8")).split("\n").map((line) => line.split(" ") as [string, string]),
    );
    for (const [commit, mark] of this.#marks) this.#shas.set(commit, shas.get(`:${mark}`) ?? "");
  }
}

/** `at` with an offset keeps it: the zone in which somebody worked. */
function signature({ name, email }: Identity, at: string | number): string {
  const offset = /([+-]\d\d):?(\d\d)$/.exec(String(at));
  return `${name} <${email}> ${Math.floor(new Date(at).getTime() / 1000)} ${offset ? `${offset[1]}${offset[2]}` : "+0000"}`;
}

function fileChange(path: string, content: string | null): string {
  const quoted = `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
  return content === null ? `D ${quoted}\n` : `M 100644 inline ${quoted}\n${data(content)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
