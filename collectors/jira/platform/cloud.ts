import {
  countIssues,
  getBulkChangelogs,
  getCurrentUser,
  getFields,
  getIssueAllTypes,
  getServerInfo,
  searchAndReconsileIssuesUsingJqlPost,
  searchProjects,
} from "jira.js/cloud";
import { SourceError } from "../../../src/errors.ts";
import type { Json } from "../../contract.ts";
import { Refused } from "../client/refusal.ts";
import type { Jira } from "../client/jira.ts";
import { byKey } from "../jql.ts";
import * as shapes from "../shapes.ts";
import { approvalsOf } from "./approvals.ts";
import { Tokens } from "./tokens.ts";
import { LostPlace, type Platform, type Search, type SearchPage } from "./platform.ts";

const PROJECTS = 100;
const ISSUES = 100;
/** Jira gives so many at once where only ids are asked for. */
const IDS = 5_000;
/** Issues whose changelogs are asked for at once, and steps in an answer. */
const CHANGELOGS = 1_000;
const STEPS = 10_000;

export class Cloud implements Platform {
  readonly idsAtOnce = IDS;
  readonly #jira: Jira;

  constructor(jira: Jira) {
    this.#jira = jira;
  }

  async site(): Promise<Json> {
    const { baseUrl, deploymentType } = await getServerInfo(this.#jira);
    return { baseUrl: baseUrl ?? null, deploymentType: deploymentType ?? null };
  }

  async zone(): Promise<string | undefined> {
    return shapes.shaped(shapes.myself, await getCurrentUser(this.#jira), "myself").timeZone;
  }

  async fields(): Promise<readonly shapes.Field[]> {
    return shapes.shaped(shapes.fieldList, await getFields(this.#jira), "fields");
  }

  async issueTypes(): Promise<readonly shapes.IssueType[]> {
    return shapes.shaped(shapes.issueTypes, await getIssueAllTypes(this.#jira), "issue types");
  }

  async projects(): Promise<readonly shapes.Project[]> {
    const all: shapes.Project[] = [];
    for (;;) {
      const given = await searchProjects(this.#jira, {
        startAt: all.length,
        maxResults: PROJECTS,
        action: "browse",
        orderBy: "key",
      });
      const page = shapes.shaped(shapes.projectPage, given, "projects");
      all.push(...page.values);
      if (page.isLast || page.values.length === 0) return all;
    }
  }

  async count(jql: string): Promise<number> {
    return shapes.shaped(shapes.count, await countIssues(this.#jira, { jql }), "number of issues").count;
  }

  async search({ jql, fields, next }: Search): Promise<SearchPage> {
    const given = await this.#page({
      jql,
      fields: [...fields],
      maxResults: ISSUES,
      ...(next !== undefined && { nextPageToken: next }),
    });
    const page = shapes.shaped(shapes.cloudPage, given, "issues");
    return { issues: given.issues as unknown as shapes.Issue[], next: nextOf(page) };
  }

  ids(jql: string): Promise<ReadonlySet<string>> {
    return fromTheStart(() => this.#ids(jql));
  }

  async #ids(jql: string): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    const tokens = new Tokens();
    for (let next: string | undefined; ;) {
      const given = await this.#page({
        jql: byKey(jql),
        fields: ["id"],
        maxResults: IDS,
        ...(next !== undefined && { nextPageToken: next }),
      });
      const page = shapes.shaped(shapes.idPage, given, "ids of issues");
      for (const { id } of page.issues) ids.add(id);
      next = tokens.unseen(nextOf(page));
      if (next === undefined) return ids;
    }
  }

  async histories(issues: readonly shapes.Issue[]): Promise<ReadonlyMap<string, readonly shapes.History[]>> {
    const all = new Map<string, shapes.History[]>();
    for (let start = 0; start < issues.length; start += CHANGELOGS)
      await this.#historiesOf(
        issues.slice(start, start + CHANGELOGS).map(({ id }) => id),
        all,
      );
    return all;
  }

  async #historiesOf(ids: readonly string[], into: Map<string, shapes.History[]>): Promise<void> {
    const tokens = new Tokens();
    for (let next: string | undefined; ;) {
      const wanted = { issueIdsOrKeys: [...ids], fieldIds: ["status"], maxResults: STEPS };
      const given = await getBulkChangelogs(this.#jira, {
        ...wanted,
        ...(next !== undefined && { nextPageToken: next }),
      });
      const page = shapes.shaped(shapes.changelogPage, given, "changelogs");
      for (const { issueId, changeHistories } of page.issueChangeLogs)
        into.set(issueId, [...(into.get(issueId) ?? []), ...changeHistories]);
      next = tokens.unseen(nextOf(page));
      if (next === undefined) return;
    }
  }

  approvals(issue: string): Promise<readonly shapes.Approval[]> {
    return approvalsOf(this.#jira, issue);
  }

  /** Tokens of pages are good for some days only, and Jira says so with the status of a mistake. */
  async #page(wanted: Parameters<typeof searchAndReconsileIssuesUsingJqlPost>[1]) {
    try {
      return await searchAndReconsileIssuesUsingJqlPost(this.#jira, wanted);
    } catch (error) {
      if (error instanceof Refused && error.status === 400 && wanted.nextPageToken !== undefined)
        throw new LostPlace();
      throw error;
    }
  }
}

const MOST_STARTS = 3;

/** A list that is of no use in part is read anew where its place is lost. */
async function fromTheStart<T>(read: () => Promise<T>): Promise<T> {
  for (let starts = 1; starts <= MOST_STARTS; starts += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LostPlace)) throw error;
    }
  }
  throw new SourceError(
    "jira",
    "network",
    "Jira forgets its place in the list of issues again and again: the next run asks anew",
  );
}

const nextOf = ({
  nextPageToken,
  isLast,
}: {
  readonly nextPageToken?: string | null | undefined;
  readonly isLast?: unknown;
}) => (isLast === true || nextPageToken === "" ? undefined : (nextPageToken ?? undefined));
