import { describe, expect, test } from "vitest";
import { documentOf, operations } from "../../../collectors/github/client/documents.ts";
import { prepare } from "../../fakes/github/graphql/execute.ts";

describe("what is sent", () => {
  test.for(operations())("%s is valid by GitHub's own schema", (name) => {
    const document = documentOf(name);
    expect(prepare(document).errors).toEqual([]);
    // Points are counted by what GitHub says that they were.
    expect(document).toContain("rateLimit { cost");
  });

  test("there is an operation for every list", () => {
    expect(operations().length).toBeGreaterThan(25);
  });
});
