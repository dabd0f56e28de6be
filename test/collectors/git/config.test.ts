import { describe, expect, test } from "vitest";
import { z } from "zod";
import { gitConfig } from "../../../collectors/git/config.ts";

const parse = (...repositories: object[]) => gitConfig.safeParse({ collector: "git", repositories });

describe("git configuration", () => {
  test.each([
    ["clones/payments", "payments"],
    ["clones/payments.git", "payments"],
    ["../payments.bundle", "payments"],
    ["payments/.git", "payments"],
    ["/srv/git/payments/", "payments"],
    ["C:\\clones\\payments", "payments"],
  ])("%s is called %s", (path, name) => {
    expect(parse({ path }).data?.repositories[0]?.repository).toBe(name);
  });

  test.each([".", "..", "../..", "./"])("asks for a name where the path %s has none", (path) => {
    expect(parse({ path }).error?.issues).toMatchObject([{ path: ["repositories", 0, "repository"] }]);
    expect(parse({ path, repository: "payments" }).success).toBe(true);
  });

  test("refuses two repositories of one name", () => {
    expect(parse({ path: "a/api" }, { path: "b/api.git" }).error?.issues).toMatchObject([
      { path: ["repositories", 1, "repository"] },
    ]);
  });

  test("refuses a tag pattern that can never count", () => {
    const rule = { tags: "v{version}", service: "api" };
    const result = parse({ path: "api", releases: [rule, { ...rule, service: "worker" }] });
    expect(result.error?.issues).toMatchObject([{ path: ["repositories", 0, "releases", 1, "tags"] }]);
  });

  test("has a JSON Schema for editors", () => {
    expect(() => z.toJSONSchema(gitConfig, { io: "input" })).not.toThrow();
  });
});
