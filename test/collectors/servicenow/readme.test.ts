import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { servicenowConfig } from "../../../collectors/servicenow/config.ts";
import { NEEDS } from "../../../collectors/servicenow/failures.ts";
import { servicenow } from "../../../collectors/servicenow/index.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { packageRoot } from "../../../src/package-root.ts";

const readme = readFileSync(join(packageRoot, "collectors/servicenow/README.md"), "utf8");
const example = parse(/```yaml\n([^]*?)```/.exec(readme)?.[1] ?? "") as { sources: { servicenow: object } };

test("the example is a whole configuration", () => {
  const { sources, services } = configSchema.parse(example);
  expect(sources["servicenow"]).toMatchObject({
    collector: "servicenow",
    lag: 600,
    change_request: { fields: { review_at: ["u_reviewed_at"], planned_start: ["start_date"] } },
    incident: { fields: { mitigated_at: ["u_restored_at", "resolved_at"] } },
  });
  expect(services["payments"]?.servicenow).toEqual(["Payments API", "27d32778c0a8000b00db970eeaa60f16"]);
});

test("every permission and every stream is named", () => {
  for (const [table, { role }] of Object.entries(NEEDS))
    expect(readme).toMatch(new RegExp(`^\\| \`${table}\` +\\| \`${role}\``, "m"));
  for (const { name } of servicenow.streams(servicenowConfig.parse(example.sources.servicenow)))
    expect(readme).toContain(`| \`${name}\``);
});

test("what is given wrongly is said", () => {
  const problems = (options: object) =>
    servicenowConfig
      .safeParse({ collector: "servicenow", url: "https://a.example", token: "${A}", ...options })
      .error?.issues.map(({ message }) => message);
  const one = "expected one of `user` with `password`, `token`, `api_key`";
  expect(problems({})).toBeUndefined();
  expect(problems({ token: undefined })).toEqual([one]);
  expect(problems({ api_key: "${B}" })).toEqual([one]);
  expect(problems({ token: undefined, user: "reader" })).toEqual([one]);
  expect(problems({ token: "secret" })?.[0]).toContain("a secret stands in an environment variable");
  expect(problems({ incident: { query: "active=true^NQpriority=1" } })).toEqual([
    "expected an encoded query without ^NQ, ^EQ, ORDERBY and GROUPBY",
  ]);
  expect(problems({ change_request: { fields: { review_at: "Review'); drop" } } })?.length).toBe(1);
});
