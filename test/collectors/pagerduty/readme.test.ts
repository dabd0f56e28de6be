import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { pagerdutyConfig } from "../../../collectors/pagerduty/config.ts";
import { NEEDS } from "../../../collectors/pagerduty/failures.ts";
import { pagerduty } from "../../../collectors/pagerduty/index.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { packageRoot } from "../../../src/package-root.ts";

const readme = readFileSync(join(packageRoot, "collectors/pagerduty/README.md"), "utf8");
const example = parse(/```yaml\n([^]*?)```/.exec(readme)?.[1] ?? "") as { sources: { pagerduty: object } };

test("the example is a whole configuration", () => {
  const { sources, services } = configSchema.parse(example);
  expect(sources["pagerduty"]).toMatchObject({
    collector: "pagerduty",
    url: "https://api.pagerduty.com",
    lag: 3_600,
  });
  expect(services["payments"]?.pagerduty).toEqual(["Payments API", "PIJ90N7"]);
});

test("every permission and every stream is named", () => {
  for (const { scope } of Object.values(NEEDS)) expect(readme).toMatch(new RegExp(`^\\| \`${scope}\` +\\|`, "m"));
  for (const { name } of pagerduty.streams(pagerdutyConfig.parse(example.sources.pagerduty)))
    expect(readme).toContain(`\`${name}\``);
});

test("what is given wrongly is said", () => {
  const problems = (options: object) =>
    pagerdutyConfig
      .safeParse({ collector: "pagerduty", token: "${A}", ...options })
      .error?.issues.map(({ message }) => message);
  expect(problems({})).toBeUndefined();
  expect(problems({ token: "u+secret" })?.[0]).toContain("a secret stands in an environment variable");
  expect(problems({ since: "last year" })).toEqual(["expected a day such as 2026-01-31"]);
  expect(problems({ notes: { mitigated: "m" } })).toEqual([
    "expected the two letters or more that a note begins with",
  ]);
});
