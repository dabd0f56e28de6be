import type { Json } from "../../contract.ts";
import type { Approval, Field, History, Issue, IssueType, Project } from "../shapes.ts";

/** One page of a search, oldest update first. */
export interface SearchPage {
  readonly issues: readonly Issue[];
  /** How to go on; undefined after the last page. */
  readonly next: string | undefined;
}

export interface Search {
  readonly jql: string;
  readonly fields: readonly string[];
  readonly next?: string | undefined;
}

/** The place in a list is lost: the list moved, or Jira forgot it. */
export class LostPlace extends Error {
  override readonly name = "LostPlace";
}

/** What Cloud and Data Center do each in its own way. */
export interface Platform {
  /** Facts of the installation that do not change from run to run. */
  site(): Promise<Json>;
  /** The zone in which Jira reads the dates of our queries; undefined where it does not say. */
  zone(): Promise<string | undefined>;
  fields(): Promise<readonly Field[]>;
  issueTypes(): Promise<readonly IssueType[]>;
  projects(): Promise<readonly Project[]>;
  count(jql: string): Promise<number>;
  /** @throws {LostPlace} */
  search(search: Search): Promise<SearchPage>;
  /** How many ids come at once. */
  readonly idsAtOnce: number;
  /** Ids of all issues that fit. */
  ids(jql: string): Promise<ReadonlySet<string>>;
  /** Steps from status to status, oldest first. */
  histories(issues: readonly Issue[]): Promise<ReadonlyMap<string, readonly History[]>>;
  approvals(issue: string): Promise<readonly Approval[]>;
}
