import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { githubConfig } from "../../../collectors/github/config.ts";
import { PERMISSIONS } from "../../../collectors/github/failures.ts";
import { github } from "../../../collectors/github/index.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { packageRoot } from "../../../src/package-root.ts";

const readme = readFileSync(join(packageRoot, "collectors/github/README.md"), "utf8");
const example = parse(/```yaml\n([^]*?)```/.exec(readme)?.[1] ?? "") as { sources: { github: object } };

test("the example is a whole configuration", () => {
  const { sources } = configSchema.parse(example);
  expect(sources["github"]).toMatchObject({ collector: "github", url: "https://api.github.com" });
});

test("every permission and every stream is named", () => {
  for (const permission of Object.values(PERMISSIONS)) expect(readme).toMatch(new RegExp(`^\\| ${permission} \\|`, "m"));
  for (const { name } of github.streams(githubConfig.parse(example.sources.github))) expect(readme).toContain(`\`${name}\``);
});

test("what is given wrongly is said", () => {
  const problems = (options: object) =>
    githubConfig.safeParse({ collector: "github", organisations: ["acme"], ...options }).error?.issues.map(({ message }) => message);
  expect(problems({})).toEqual(["expected one of token, tokens and app"]);
  expect(problems({ token: "${A}", tokens: ["${B}"] })).toEqual(["expected one of token, tokens and app"]);
  expect(problems({ token: "ghp_in_the_file" })?.[0]).toContain("a secret stands in an environment variable");
  expect(problems({ token: "${A}", organisations: [] })).toEqual(["expected an organisation here, or something under repositories"]);
  expect(problems({ token: "${A}", repositories: ["payments"] })).toEqual(["expected owner/name, such as acme/payments"]);
});
