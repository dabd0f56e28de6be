import { z } from "zod";
import { SourceError } from "../../src/errors.ts";
import type { Json } from "../contract.ts";

/** What is needed of Jira's answers, and no more: sites differ in the rest, and a field that nobody reads stops nobody. */
const issue = z.looseObject({
  id: z.string().regex(/^\d+$/),
  key: z.string(),
  fields: z.looseObject({
    updated: z.string().refine((text) => !Number.isNaN(Date.parse(text)), "expected an instant"),
  }),
});

/** An issue as Jira said it. */
export type Issue = z.output<typeof issue> & { readonly [key: string]: Json };

export const cloudPage = z.looseObject({
  issues: z.array(issue),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().optional(),
});

export const offsetPage = z.looseObject({ issues: z.array(issue), total: z.number().int() });

const listed = z.looseObject({ id: z.string().regex(/^\d+$/) });
export const idPage = z.looseObject({
  issues: z.array(listed),
  nextPageToken: z.string().nullish(),
  total: z.number().optional(),
});

export const total = z.looseObject({ total: z.number().int() });
export const count = z.looseObject({ count: z.number().int() });
export const myself = z.looseObject({ timeZone: z.string().optional(), displayName: z.string().optional() });

export const field = z.looseObject({ id: z.string(), name: z.string() });
export type Field = z.output<typeof field>;
export const fieldList = z.array(field);

const issueType = z.looseObject({ id: z.string(), name: z.string() });
export type IssueType = z.output<typeof issueType>;
export const issueTypes = z.array(issueType);

export const project = z.looseObject({
  id: z.string().regex(/^\d+$/),
  key: z.string(),
  projectTypeKey: z.string().optional(),
});
export type Project = z.output<typeof project>;
export const projectList = z.array(project);
export const projectPage = z.looseObject({ values: projectList, isLast: z.boolean() });

const history = z.looseObject({
  id: z.string(),
  items: z.array(z.looseObject({ field: z.string().optional() })).default([]),
});
export type History = z.output<typeof history>;
export const changelogPage = z.looseObject({
  issueChangeLogs: z.array(
    z.looseObject({ issueId: z.string(), changeHistories: z.array(history).default([]) }),
  ),
  nextPageToken: z.string().nullish(),
});

export const embeddedChangelog = z.looseObject({ histories: z.array(history) });

export const approvalPage = z.looseObject({
  values: z.array(z.looseObject({ id: z.string(), finalDecision: z.string().optional() })),
  isLastPage: z.boolean(),
});
export type Approval = z.output<typeof approvalPage>["values"][number];

/**
 * Holds an answer against what is needed of it.
 * @throws {SourceError} which names the place
 */
export function shaped<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  what: string,
): z.output<Schema> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const [issue] = error.issues;
  const place = issue?.path.join(".") ?? "";
  throw new SourceError(
    "jira",
    "schema",
    `${what}: ${place === "" ? "the answer" : place}: ${issue?.message ?? "of another shape"}. Is url the address of Jira, and deployment right? If so, a newer Quarterdeck is needed`,
  );
}
