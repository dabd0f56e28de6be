import type { z } from "zod";
import type { Json, StreamContext } from "../../contract.ts";
import type { StreamName } from "../failures.ts";
import type { Listed } from "../lists.ts";
import type { Feature, Project } from "../session.ts";
import type { Updated, Window } from "../windows.ts";

/** Of pipelines and of deployments: nothing more becomes of them. */
export const FINAL_STATUSES: ReadonlySet<string> = new Set(["success", "failed", "canceled", "skipped"]);

/** A kind of records that GitLab lists by time of update, project by project. */
export interface Kind<Item extends Updated> {
  readonly stream: StreamName;
  readonly needs: readonly string[];
  readonly feature: Feature;
  readonly shape: z.ZodType;
  /** What is asked for beside the first day: where it changes, everything is read again. */
  readonly question?: string;
  readonly idOf: (item: Item) => number;
  readonly ask: (project: Project, window: Window, page: number) => Promise<Listed<Item>>;
  /** One of them; undefined, or a refusal with 404, where it is not there. */
  readonly show: (project: Project, id: number) => Promise<Item | undefined>;
  /** What has to be known of a project before. */
  readonly begin?: (project: Project, context: StreamContext) => Promise<void>;
  /** Whether nothing more becomes of it but with a new time of update. */
  readonly isFinal?: (item: Item) => boolean;
  /** What is handed on of it, where that takes more questions. */
  readonly whole?: (project: Project, item: Item) => Promise<Json>;
  /** Whether GitLab deletes them only because somebody wants them gone, and not because they are old. */
  readonly isCompared: boolean;
  /** What is to be asked for once more by id, of those that are stored. */
  readonly wanted?: (project: Project, context: StreamContext) => Promise<readonly number[]>;
}
