import { SourceError } from "../../src/errors.ts";
import type { StreamContext } from "../contract.ts";
import { Jira, type JiraEffects } from "./client/jira.ts";
import type { JiraConfig } from "./config.ts";
import { all, oneOf } from "./jql.ts";
import { type Resolved, resolveFields, typesOf, unknownKinds } from "./names.ts";
import { Cloud } from "./platform/cloud.ts";
import { DataCenter } from "./platform/data-center.ts";
import type { Platform } from "./platform/platform.ts";
import type { Field, IssueType, Project } from "./shapes.ts";

/** The projects that the configuration means, and those of them that are not there. */
export interface Scope {
  readonly projects: readonly Project[];
  readonly failures: readonly SourceError[];
}

/** One run of one source: its streams share the client and what Jira says of itself. */
export class Session {
  readonly config: JiraConfig;
  readonly jira: Jira;
  readonly platform: Platform;
  #scope: Promise<Scope> | undefined;
  #zone: Promise<string | undefined> | undefined;
  #fields: Promise<readonly Field[]> | undefined;
  #types: Promise<readonly IssueType[]> | undefined;

  constructor(config: JiraConfig, effects?: JiraEffects) {
    this.config = config;
    this.jira = new Jira(config, effects);
    this.platform = config.deployment === "cloud" ? new Cloud(this.jira) : new DataCenter(this.jira);
  }

  /** For the stream that is read now. */
  serve(context: StreamContext): void {
    this.jira.http.reportTo(context);
  }

  scope(): Promise<Scope> {
    return (this.#scope ??= this.#list());
  }

  zone(): Promise<string | undefined> {
    return (this.#zone ??= this.platform.zone());
  }

  fields(): Promise<readonly Field[]> {
    return (this.#fields ??= this.platform.fields());
  }

  types(): Promise<readonly IssueType[]> {
    return (this.#types ??= this.platform.issueTypes());
  }

  async resolved(): Promise<Resolved> {
    const { fields, problems } = resolveFields(this.config, await this.fields());
    return { fields, problems: [...problems, ...unknownKinds(this.config, await this.types())] };
  }

  /** Conditions for everything that is read; undefined where that is nothing. */
  async everything(): Promise<string | undefined> {
    return this.#within((await this.scope()).projects);
  }

  /** Conditions for change requests of Jira Service Management; undefined where there are none. */
  async changeRequests(): Promise<string | undefined> {
    const desks = (await this.scope()).projects.filter(
      ({ projectTypeKey }) => projectTypeKey === "service_desk",
    );
    const types = typesOf(this.config, "change_request", await this.types());
    const within = this.#within(desks);
    return within === undefined || types.length === 0 ? undefined : all(within, oneOf("issuetype", types));
  }

  #within(projects: readonly Project[]): string | undefined {
    if (projects.length === 0) return undefined;
    const { jql } = this.config;
    return all(
      oneOf(
        "project",
        projects.map(({ id }) => id),
      ),
      jql === undefined ? undefined : `(${jql})`,
    );
  }

  async #list(): Promise<Scope> {
    const known = await this.platform.projects();
    const wanted = this.config.projects;
    if (wanted.length === 0)
      return { projects: known, failures: known.length === 0 ? [nothingToBrowse()] : [] };
    const found = wanted.map((key) => known.find((one) => one.key.toLowerCase() === key.toLowerCase()));
    return {
      projects: found.filter((one) => one !== undefined),
      failures: wanted.filter((_, index) => found[index] === undefined).map(noProject),
    };
  }
}

const nothingToBrowse = () =>
  new SourceError(
    "jira",
    "auth",
    `the token's owner may browse no project: no tickets, change requests or incidents without it; give it "Browse projects" in the projects that are meant`,
  );

const noProject = (key: string) =>
  new SourceError(
    "jira",
    "missing",
    `${key}: there is no such project, or the token's owner may not browse it: its tickets, change requests and incidents are missing; correct the key, or give it "Browse projects"`,
  );
