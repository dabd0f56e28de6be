import { hasHole, type List, type Node, present, toItsEnd } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import { nodesIn, type Problem, problemAt } from "../client/answer.ts";
import { globOf } from "../../reading/glob.ts";
import type { Repository, Session } from "../session.ts";

export interface Ref extends Node {
  readonly name: string;
  readonly prefix: string;
  readonly target: { readonly oid: string; readonly target?: { readonly oid: string } } | null;
}

export interface Refs {
  /** Null where the repository is empty. */
  readonly main: { readonly name: string; readonly target: { readonly oid: string } } | null;
  readonly tags: readonly Ref[];
  /** Those that are deployed from, by the configuration. */
  readonly branches: readonly Ref[];
}

type Listed = Refs | { readonly problem: Problem | undefined };

const BATCH = 10;

interface Given {
  readonly defaultBranchRef: Refs["main"];
  readonly tags: List | null;
  readonly branches: List | null;
}

/** References of repositories; two streams need them, and ask once. */
export class RefLister {
  readonly #session: Session;
  readonly #known = new Map<string, Listed>();

  constructor(session: Session) {
    this.#session = session;
  }

  async of(repository: Repository, all: readonly Repository[]): Promise<Listed> {
    const known = this.#known.get(repository.id);
    if (known) return known;
    const start = all.indexOf(repository);
    await this.#ask(all.slice(start, start + BATCH));
    return this.#known.get(repository.id) ?? { problem: undefined };
  }

  async #ask(repositories: readonly Repository[]): Promise<void> {
    const ids = repositories.map(({ id }) => id);
    const { data, problems } = await this.#session.github.query("Refs", { ids }, new PageSize(100));
    const nodes = nodesIn(data) as readonly (Given | null)[];
    for (const [index, { id }] of repositories.entries()) {
      const given = nodes[index];
      const tags = given?.tags && (await this.#whole(id, given.tags, "refs/tags/"));
      const branches = given?.branches && (await this.#whole(id, given.branches, "refs/heads/"));
      this.#known.set(
        id,
        given && tags && branches
          ? { main: given.defaultBranchRef, tags, branches: branches.filter((ref) => this.#isMeant(ref)) }
          : { problem: problemAt(problems, ["nodes", index]) },
      );
    }
  }

  #isMeant({ name }: Ref): boolean {
    return this.#session.config.branches.some((pattern) => globOf(pattern).test(name));
  }

  /** Undefined where GitHub does not give all. */
  async #whole(id: string, first: List, prefix: string): Promise<readonly Ref[] | undefined> {
    const list = await toItsEnd(this.#session.github, "MoreRefs", { id, prefix }, first);
    return hasHole(list) ? undefined : (present(list) as Ref[]);
  }
}
