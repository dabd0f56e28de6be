import { z } from "zod";
import { SourceError } from "../../src/errors.ts";
import type { HttpClient } from "../http/client.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import { type Api, apiOver, clientOf } from "./client.ts";
import type { GitLabConfig } from "./config.ts";
import { assertShape, Refusal, SOURCE } from "./failures.ts";
import { PAGED, whole } from "./lists.ts";
import { fits } from "../reading/glob.ts";

export const projectShape = z.looseObject({
  id: z.int(),
  path_with_namespace: z.string().min(1),
  default_branch: z.string().nullish(),
  archived: z.boolean().nullish(),
});

export interface Project extends Record<string, unknown> {
  readonly id: number;
  readonly path_with_namespace: string;
  readonly default_branch?: string | null;
  readonly archived?: boolean | null;
}

/** The projects that the configuration means, and what could not be found of them. */
export interface Scope {
  readonly projects: readonly Project[];
  readonly failures: readonly SourceError[];
}

/** What a project may have turned off: GitLab then refuses, whatever the token may. */
export type Feature = "environments" | "merge_requests" | "builds" | "releases" | "issues" | "repository";

export const isOff = (project: Project, feature: Feature): boolean =>
  project[`${feature}_access_level`] === "disabled";

/** One run of one source: its streams share the client and the list of projects. */
export class Session {
  readonly config: GitLabConfig;
  readonly client: HttpClient;
  readonly api: Api;
  /** What several streams ask for: it is asked for once. */
  readonly known = new Map<string, Promise<unknown>>();
  #scope: Promise<Scope> | undefined;

  constructor(config: GitLabConfig, effects: HttpEffects = realEffects) {
    this.config = config;
    this.client = clientOf(config, effects);
    this.api = apiOver(this.client);
  }

  scope(): Promise<Scope> {
    return (this.#scope ??= this.#list());
  }

  async #list(): Promise<Scope> {
    const found = new Map<number, Project>();
    const failures: SourceError[] = [];
    const { groups, projects } = this.config;
    const tries = [
      ...groups.map((group) => ({ path: group, list: () => this.#ofGroup(group) })),
      ...projects.map((path) => ({ path, list: () => this.#byPath(path) })),
    ];
    for (const { path, list } of tries) {
      try {
        for (const project of await list()) found.set(project.id, project);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        failures.push(unresolved(path, error));
      }
    }
    return { projects: [...found.values()].sort((a, b) => a.id - b.id), failures };
  }

  async #ofGroup(group: string): Promise<Project[]> {
    const { include, exclude, archived, forks } = this.config;
    const all = await whole<Project>({
      what: `projects of ${group}`,
      shape: projectShape,
      ask: (page) =>
        this.api.Groups.allProjects(group, {
          includeSubgroups: true,
          withShared: false,
          orderBy: "id",
          sort: "asc",
          ...PAGED,
          page,
        }),
    });
    return all.filter(
      (one) =>
        fits(one.path_with_namespace, include) &&
        !fits(one.path_with_namespace, exclude) &&
        (archived || one.archived !== true) &&
        (forks || !one["forked_from_project"]),
    );
  }

  async #byPath(path: string): Promise<Project[]> {
    const found = await this.api.Projects.show(path, {});
    assertShape(path, projectShape, found);
    return fits(found.path_with_namespace, this.config.exclude) ? [] : [found];
  }
}

const unresolved = (path: string, { failure, message }: Refusal) =>
  new SourceError(
    SOURCE,
    failure,
    `${path}: ${message}: correct the path, or let the token's owner into it with the role Reporter`,
  );
