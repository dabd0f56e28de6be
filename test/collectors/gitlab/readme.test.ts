import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { gitlabConfig } from "../../../collectors/gitlab/config.ts";
import { NEEDS } from "../../../collectors/gitlab/failures.ts";
import { gitlab } from "../../../collectors/gitlab/index.ts";
import { fits } from "../../../collectors/reading/glob.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { packageRoot } from "../../../src/package-root.ts";

const readme = readFileSync(join(packageRoot, "collectors/gitlab/README.md"), "utf8");
const example = parse(/```yaml\n([^]*?)```/.exec(readme)?.[1] ?? "") as { sources: { gitlab: object } };

test("the example is a whole configuration", () => {
  const { sources } = configSchema.parse(example);
  expect(sources["gitlab"]).toMatchObject({
    collector: "gitlab",
    lag: 600,
    groups: ["acme"],
    approvals: "production",
  });
});

test("every permission and every stream is named", () => {
  for (const [stream, { role }] of Object.entries(NEEDS))
    expect(readme).toMatch(new RegExp(`^\\| \`${stream}\` +\\| ${role} `, "m"));
  for (const { name } of gitlab.streams(gitlabConfig.parse(example.sources.gitlab)))
    expect(readme).toContain(`| \`${name}\``);
});

test("what is given wrongly is said", () => {
  const problems = (options: object) =>
    gitlabConfig
      .safeParse({ collector: "gitlab", token: "${A}", ...options })
      .error?.issues.map(({ message }) => message);
  expect(problems({ projects: ["acme/pay/app"] })).toBeUndefined();
  expect(problems({})).toEqual(["expected a group here, or something under projects"]);
  expect(problems({ groups: ["acme"], token: "glpat-1" })?.[0]).toContain(
    "a secret stands in an environment variable",
  );
  expect(problems({ groups: ["https://gitlab.com/acme/"] })?.[0]).toContain(
    "expected the path of a group or project",
  );
});

test("patterns fit the whole path, or the last part of it, without regard to case", () => {
  expect(fits("acme/Pay/App", ["app"])).toBe(true);
  expect(fits("acme/pay/app", ["acme/*"])).toBe(true);
  expect(fits("acme/pay/app", ["pay"])).toBe(false);
  expect(fits("acme/pay/a.p", ["a?p"])).toBe(false);
});
