import { z } from "zod";
import { completeness } from "../completeness.ts";

const releaseTags = z.strictObject({
  tags: z
    .string()
    .min(1)
    .refine((pattern) => pattern.split("{version}").length === 2, {
      error: "expected {version} once, such as v{version}",
    })
    .describe(
      "Pattern of tags, with {version} where the version stands and * for anything, such as v{version} or payments-v{version}. A version starts with a digit; of two patterns that fit a tag the first counts.",
    ),
  service: z.string().min(1).describe("Service that the tag releases."),
  environment: z.string().min(1).default("production").describe("Environment that a tag is a deployment to."),
  prereleases: z
    .string()
    .min(1)
    .default("ignore")
    .describe("`ignore`, or the environment that pre-releases (1.0a2, 1.0.0-rc.1) are deployments to."),
});

const releases = z
  .array(releaseTags)
  .default([])
  .superRefine((rules, context) => {
    for (const index of repeated(rules.map(({ tags }) => tags))) {
      context.addIssue({
        code: "custom",
        path: [index, "tags"],
        message: "expected a pattern of its own: a tag counts for the first pattern that fits it",
      });
    }
  })
  .describe("Which tags are releases.");

const isWholeSegment = (segment: string) => !segment.includes("**") || segment === "**";

const runbook = z
  .strictObject({
    files: z
      .string()
      .min(1)
      .regex(/^(?![/:])(?:[^[\]{}\\]|\{service\})+$/, {
        error:
          "expected a path within the repository, beside text only *, ** and ? and {service}, such as runbooks/{service}.md",
        abort: true,
      })
      .refine((pattern) => pattern.split("/").every(isWholeSegment), {
        error: "expected ** between slashes, such as docs/**/runbook.md",
      })
      .refine((pattern) => !pattern.split("/").includes(".."), {
        error: "expected a path within the repository",
      })
      .describe(
        "Files or folders: a path with *, ** and ?, and {service} where the name of the service stands, such as runbooks/{service}.md. Of two patterns that fit a file the first counts.",
      ),
    service: z
      .string()
      .min(1)
      .optional()
      .describe("Service that they are about, where the path does not say it; left out = no service."),
    services: z
      .record(z.string(), z.string().min(1))
      .default({})
      .describe("What stands for {service} -> name of the service. What is not listed stays as it is."),
  })
  .refine(({ files, service }) => service === undefined || !files.includes("{service}"), {
    path: ["service"],
    error: "is said by the path: {service}",
  })
  .refine(({ files }) => files.split("{service}").length <= 2, {
    path: ["files"],
    error: "expected {service} once",
  });

const repository = z
  .strictObject({
    path: z.string().min(1).describe("Local clone, bare repository or bundle, relative to quarterdeck.yaml."),
    repository: z
      .string()
      .min(1)
      .optional()
      .describe("Name of the repository as services give it; left out = the folder's name."),
    main: z
      .string()
      .min(1)
      .optional()
      .describe("Main line; left out = what HEAD of the remote, or of the clone, points to."),
    paths: z
      .boolean()
      .default(false)
      .describe(
        "Whether to read which paths each commit touches. Needed where services of one repository are told apart by `paths`.",
      ),
    releases,
    commits: z
      .boolean()
      .default(true)
      .describe("Whether commits, main line and tags are read; `false` for a repository of documentation."),
    runbooks: z
      .array(runbook)
      .default([])
      .describe(
        "Which files people read who operate a service: each change of one on the main line is a revision.",
      ),
  })
  .refine(({ commits, runbooks }) => commits || runbooks.length > 0, {
    path: ["commits"],
    error: "expected `runbooks` beside it: else nothing is read of this repository",
  })
  .transform((entry, context) => {
    const name = entry.repository ?? folderName(entry.path);
    if (name === undefined) {
      context.addIssue({
        code: "custom",
        path: ["repository"],
        message: `expected a name, since ${entry.path} names no folder`,
      });
      return z.NEVER;
    }
    return { ...entry, repository: name };
  });

export const gitConfig = z.strictObject({
  collector: z.literal("git"),
  repositories: z
    .array(repository)
    .min(1)
    .superRefine((entries, context) => {
      for (const index of repeated(entries.map((entry) => entry.repository))) {
        context.addIssue({
          code: "custom",
          path: [index, "repository"],
          message: "expected a name that no other repository of this source has",
        });
      }
    })
    .describe("Repositories to read."),
  complete: z.array(completeness).default([]).describe("What these repositories are everything of."),
});

export type GitConfig = z.output<typeof gitConfig>;

export type RepositoryConfig = GitConfig["repositories"][number];

/** Repositories of which commits, main line and tags are read. */
export const deliveredFrom = ({ repositories }: GitConfig): RepositoryConfig[] =>
  repositories.filter(({ commits }) => commits);

/** Repositories that hold runbooks. */
export const documentedIn = ({ repositories }: GitConfig): RepositoryConfig[] =>
  repositories.filter(({ runbooks }) => runbooks.length > 0);

/** `clones/payments.git`, `payments.bundle` and `payments/.git` are all called payments. */
function folderName(path: string): string | undefined {
  const segments = path.split(/[\\/]/).filter((segment) => segment !== "" && segment !== ".");
  const last = segments.at(-1) === ".git" ? segments.at(-2) : segments.at(-1);
  const name = last?.replace(/\.(git|bundle)$/, "");
  return name === "" || name === ".." ? undefined : name;
}

/** Positions of values that an earlier position has already. */
function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}
