import { SourceError } from "../../src/errors.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import { GitHub } from "./client/github.ts";
import { hasHole, type List, nextPage, type Node, present } from "./client/lists.ts";
import { PageSize } from "./client/page-size.ts";
import type { GitHubConfig } from "./config.ts";
import { fits } from "../reading/glob.ts";

export interface Repository extends Node {
  readonly nameWithOwner: string;
  readonly isArchived: boolean;
  readonly isFork: boolean;
  readonly createdAt: string;
  readonly pushedAt: string | null;
  readonly updatedAt: string;
}

/** The repositories that the configuration means, and what could not be listed of them. */
export interface Scope {
  readonly repositories: readonly Repository[];
  readonly failures: readonly SourceError[];
}

/** One run of one source: its streams share the client and the list of repositories. */
export class Session {
  readonly config: GitHubConfig;
  readonly github: GitHub;
  /** Repository -> how often its workflow runs changed so far. */
  readonly runReadings = new Map<string, number>();
  /** Lists for which several streams ask: they are asked for once. */
  readonly known = new Map<string, unknown>();
  #scope: Promise<Scope> | undefined;

  constructor(config: GitHubConfig, effects: HttpEffects = realEffects) {
    this.config = config;
    this.github = new GitHub(config, effects);
  }

  scope(): Promise<Scope> {
    return (this.#scope ??= this.#list());
  }

  async #list(): Promise<Scope> {
    const found = new Map<string, Repository>();
    const failures: SourceError[] = [];
    const tries = [
      ...this.config.organisations.map((owner) => () => this.#ofOwner(owner)),
      ...this.config.repositories.map((name) => () => this.#byName(name)),
    ];
    for (const attempt of tries) {
      try {
        for (const repository of await attempt()) found.set(repository.id, repository);
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        failures.push(error);
      }
    }
    const repositories = [...found.values()].sort((a, b) => (a.nameWithOwner < b.nameWithOwner ? -1 : 1));
    return { repositories, failures };
  }

  async #ofOwner(login: string): Promise<Repository[]> {
    const { include, archived, forks } = this.config;
    const all: Repository[] = [];
    const size = new PageSize(100);
    for (let after: string | undefined; ; ) {
      const { data } = await this.github.query("Repositories", { login, after }, size);
      const owner = data?.["repositoryOwner"] as { list: List | null } | null | undefined;
      if (!owner?.list) throw noOwner(login);
      if (hasHole(owner.list)) throw incompleteList(login);
      all.push(...(present(owner.list) as Repository[]));
      after = nextPage(owner.list);
      if (after === undefined) break;
    }
    return all.filter(
      (one) =>
        fits(one.nameWithOwner, include) && (archived || !one.isArchived) && (forks || !one.isFork) && !fits(one.nameWithOwner, this.config.exclude),
    );
  }

  async #byName(fullName: string): Promise<Repository[]> {
    const [owner, name] = fullName.split("/");
    const { data } = await this.github.query("RepositoryByName", { owner, name });
    const found = data?.["repository"] as Repository | null | undefined;
    if (!found) throw noRepository(fullName);
    return fits(found.nameWithOwner, this.config.exclude) ? [] : [found];
  }
}

const noOwner = (login: string) =>
  new SourceError(
    "github",
    "missing",
    `there is no organisation or user ${login}, or the token may not see it: correct the name, or let the token's owner into the organisation (with SAML, authorise the token for it)`,
  );

const incompleteList = (login: string) =>
  new SourceError("github", "network", `${login}: GitHub did not list all repositories: the next run asks again`);

const noRepository = (name: string) =>
  new SourceError(
    "github",
    "missing",
    `${name} is not there, or the token may not see it: correct the name, or give the token access to the repository`,
  );
