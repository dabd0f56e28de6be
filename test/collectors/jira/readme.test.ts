import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { jira } from "../../../collectors/jira/index.ts";
import { jiraConfig } from "../../../collectors/jira/config.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { packageRoot } from "../../../src/package-root.ts";

const readme = readFileSync(join(packageRoot, "collectors/jira/README.md"), "utf8");
const example = parse(/```yaml\n([^]*?)```/.exec(readme)?.[1] ?? "") as { sources: { jira: object } };

test("the example is a whole configuration", () => {
  expect(configSchema.parse(example).sources["jira"]).toMatchObject({
    collector: "jira",
    deployment: "cloud",
    overlap: 600,
  });
});

test("every stream is in the table", () => {
  for (const { name } of jira.streams(jiraConfig.parse(example.sources.jira)))
    expect(readme).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|`, "m"));
});

test("what cannot be meant is refused", () => {
  const source = { collector: "jira", url: "https://jira.example.com", token: "${JIRA_TOKEN}" };
  expect(jiraConfig.safeParse({ ...source, token: "secret" }).error?.issues[0]?.message).toContain(
    "a secret stands in an environment variable",
  );
  expect(
    jiraConfig.safeParse({ ...source, jql: "labels = x order by created" }).error?.issues[0]?.message,
  ).toContain("expected conditions only");
  expect(
    jiraConfig.safeParse({ ...source, deployment: "data_center", email: "a@example.com" }).error?.issues[0]
      ?.message,
  ).toContain("needs no e-mail address");
  expect(jiraConfig.safeParse({ ...source, kinds: { Change: "change" } }).success).toBe(false);
});
