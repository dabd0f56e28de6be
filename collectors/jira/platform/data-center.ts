import type { Json } from "../../contract.ts";
import type { Jira } from "../client/jira.ts";
import { byKey } from "../jql.ts";
import * as shapes from "../shapes.ts";
import { approvalsOf } from "./approvals.ts";
import { LostPlace, type Platform, type Search, type SearchPage } from "./platform.ts";

const ISSUES = 100;
const IDS = 1_000;

/** REST v2, which jira.js does not speak; its transport does. */
export class DataCenter implements Platform {
  readonly idsAtOnce = IDS;
  readonly #jira: Jira;

  constructor(jira: Jira) {
    this.#jira = jira;
  }

  async site(): Promise<Json> {
    const { baseUrl, deploymentType } = await this.#get<{ baseUrl?: string; deploymentType?: string }>(
      "serverInfo",
    );
    return { baseUrl: baseUrl ?? null, deploymentType: deploymentType ?? null };
  }

  async zone(): Promise<string | undefined> {
    return shapes.shaped(shapes.myself, await this.#get("myself"), "myself").timeZone;
  }

  async fields(): Promise<readonly shapes.Field[]> {
    return shapes.shaped(shapes.fieldList, await this.#get("field"), "fields");
  }

  async issueTypes(): Promise<readonly shapes.IssueType[]> {
    return shapes.shaped(shapes.issueTypes, await this.#get("issuetype"), "issue types");
  }

  async projects(): Promise<readonly shapes.Project[]> {
    return shapes.shaped(shapes.projectList, await this.#get("project"), "projects");
  }

  async count(jql: string): Promise<number> {
    return shapes.shaped(shapes.total, await this.#search({ jql, maxResults: 0 }), "number of issues").total;
  }

  /**
   * Pages by offset move when an issue is updated meanwhile. So each page begins with the last issue of the one
   * before: where that is not so, the place is lost.
   */
  async search({ jql, fields, next }: Search): Promise<SearchPage> {
    const [place = "0", last] = next?.split(" ") ?? [];
    const startAt = last === undefined ? 0 : Number(place) - 1;
    const given = await this.#search({ jql, startAt, maxResults: ISSUES, fields, expand: ["changelog"] });
    const page = shapes.shaped(shapes.offsetPage, given, "issues");
    if (last !== undefined && page.issues[0]?.id !== last) throw new LostPlace();
    const all = (given as { readonly issues: readonly shapes.Issue[] }).issues;
    const end = startAt + all.length;
    const more = end < page.total && all.length > (last === undefined ? 0 : 1);
    return {
      issues: last === undefined ? all : all.slice(1),
      next: more ? `${end} ${all.at(-1)?.id ?? ""}` : undefined,
    };
  }

  async ids(jql: string): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    for (let startAt = 0; ;) {
      const page = shapes.shaped(
        shapes.idPage,
        await this.#search({ jql: byKey(jql), startAt, maxResults: IDS, fields: ["updated"] }),
        "ids of issues",
      );
      for (const { id } of page.issues) ids.add(id);
      // One more than needed, so that what moves up by one meanwhile is not passed by.
      startAt += Math.max(1, page.issues.length - 1);
      if (page.issues.length < 2 || startAt + 1 >= (page.total ?? 0)) return ids;
    }
  }

  /** They came with the issues. */
  async histories(issues: readonly shapes.Issue[]): Promise<ReadonlyMap<string, readonly shapes.History[]>> {
    return new Map(issues.map(({ id, changelog }) => [id, historiesIn(changelog)]));
  }

  approvals(issue: string): Promise<readonly shapes.Approval[]> {
    return approvalsOf(this.#jira, issue);
  }

  #get<T = unknown>(resource: string): Promise<T> {
    return this.#jira.sendRequest<T>({ url: `/rest/api/2/${resource}`, method: "GET" });
  }

  #search(wanted: object): Promise<unknown> {
    return this.#jira.sendRequest({ url: "/rest/api/2/search", method: "POST", body: wanted });
  }
}

/** Steps that touch the status. The rest of a history may be thousands of edits, which nobody reads. */
function historiesIn(changelog: Json | undefined): shapes.History[] {
  const { histories } = shapes.shaped(shapes.embeddedChangelog, changelog ?? { histories: [] }, "changelog");
  return histories
    .map((one) => ({ ...one, items: one.items.filter(({ field }) => field === "status") }))
    .filter(({ items }) => items.length > 0);
}
