import { z } from "zod";

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
});

export type GitConfig = z.output<typeof gitConfig>;

export type RepositoryConfig = GitConfig["repositories"][number];

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
