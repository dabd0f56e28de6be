import type { JsonObject } from "./envelope.ts";

/** Members that a payload of the event has, and such as it never has. */
interface Shape {
  readonly event: string;
  readonly has: readonly string[];
  readonly lacks?: readonly string[];
}

/** Events that are recognised where nobody kept their name. What they have in common with others is ruled out. */
const SHAPES: readonly Shape[] = [
  { event: "deployment", has: ["deployment"], lacks: ["deployment_status", "workflow_job", "deployment_callback_url"] },
  { event: "deployment_status", has: ["deployment_status", "deployment"] },
  { event: "deployment_review", has: ["workflow_run", "since"], lacks: ["deployment", "workflow"] },
  { event: "deployment_protection_rule", has: ["deployment_callback_url", "environment"] },
  { event: "workflow_job", has: ["workflow_job"] },
  { event: "workflow_run", has: ["workflow_run", "workflow"], lacks: ["deployment", "since"] },
  { event: "pull_request", has: ["pull_request", "number"], lacks: ["review", "comment", "thread"] },
  { event: "pull_request_review", has: ["pull_request", "review"] },
  { event: "push", has: ["ref", "before", "after", "commits"] },
  { event: "release", has: ["release"] },
  { event: "issues", has: ["issue", "action"], lacks: ["comment", "sub_issue", "parent_issue", "blocked_issue", "blocking_issue"] },
];

/** Beside these, a payload about the repository itself has nothing. */
const ABOUT_REPOSITORY = ["action", "repository", "sender", "organization", "installation", "enterprise", "changes"];
const REPOSITORY_ACTIONS = [
  "archived",
  "created",
  "deleted",
  "edited",
  "privatized",
  "publicized",
  "renamed",
  "transferred",
  "unarchived",
];

/** The events whose payloads look like this one. */
export function eventsLike(payload: JsonObject): string[] {
  const fits = ({ has, lacks = [] }: Shape) =>
    has.every((name) => Object.hasOwn(payload, name)) && !lacks.some((name) => Object.hasOwn(payload, name));
  const events = SHAPES.filter(fits).map(({ event }) => event);
  return isAboutRepository(payload) ? [...events, "repository"] : events;
}

const isAboutRepository = (payload: JsonObject): boolean =>
  Object.hasOwn(payload, "repository") &&
  REPOSITORY_ACTIONS.some((action) => action === payload["action"]) &&
  Object.keys(payload).every((name) => ABOUT_REPOSITORY.includes(name));
