import { describe, expect, test } from "vitest";
import { collect, folder, type FileInput } from "./support.ts";

const grants = (path: string, records?: string): FileInput[] => [
  { path, entity: "role_grant", ...(records === undefined ? {} : { records }) },
];

const GRANTS = `# Who may approve
grants:
  - &ana { person: ana, role: approver, scope: payments, granted_from: 2026-01-01T00:00:00Z }
  - <<: 1
    person: ben
  - { person: cy, role: deployer, scope: payments, granted_from: 2026-02-01T00:00:00Z }
`;

describe("YAML", () => {
  test("is a list of records, each with its line; what people write as dates stays text", async () => {
    const { records, rejected } = await collect(folder({ "r.yaml": GRANTS }), grants("r.yaml", "grants"));
    expect(records.map(({ payload }) => payload)).toEqual([
      { person: "ana", role: "approver", scope: "payments", granted_from: "2026-01-01T00:00:00Z" },
      { person: "cy", role: "deployer", scope: "payments", granted_from: "2026-02-01T00:00:00Z" },
    ]);
    expect(rejected).toMatchObject([{ file: "r.yaml", line: 4, column: "role" }]);
  });

  test("keeps what looks like a number as it is written: commits and versions are none", async () => {
    const text = "- { id: 007, sha: 4120e91, version: 1.10, attempt: 2, finished_at: 2026-01-01T00:00:00Z }\n- { id: 12345678901234567891, sha: 0123456, version: 0x1F, attempt: 2 }\n";
    const row = { path: "d.yaml", entity: "deployment", columns: { service: { value: "api" }, environment: { value: "production" }, status: { value: "success" } } } as const;
    const { payloads } = await collect(folder({ "d.yaml": text }), [row]);
    expect(payloads).toMatchObject([
      { id: "007", sha: "4120e91", version: "1.10", attempt: 2 },
      { id: "12345678901234567891", sha: "0123456", version: "0x1F", attempt: 2 },
    ]);
  });

  const laughs = ["a: &a [lol]", ...Array.from({ length: 300 }, (_, index) => `b${index}: *a`)].join("\n");

  const named = Array.from({ length: 20_000 }, (_, index) => `- &a${index} {}\n- *a${index}\n`).join("");

  test.each<[string, string | Buffer, string]>([
    ["a bomb of aliases", laughs, "expected YAML, found "],
    [
      "one name that is said 100,000 times",
      `- &a {}\n${"- *a\n".repeat(100_000)}`,
      "r.yml:5002: expected YAML, found too many aliases",
    ],
    ["thousands of names, each said once", named, "r.yml:10002: expected YAML, found too many aliases"],
    [
      "a key that comes twice",
      "- person: a\n  person: b\n",
      "r.yml:2: expected YAML, found the key is there twice",
    ],
    ["deep nesting", "[".repeat(100_000), "r.yml:"],
    ["a slip", "- person: [a\n- b: c\n", "r.yml:2: expected YAML"],
    [
      "something else than a list",
      "person: a\n",
      "r.yml:1: expected a list of records, found an object; set records",
    ],
    ["UTF-16", Buffer.from("\ufeff- person: a\n", "utf16le"), "r.yml:1: expected UTF-8 text, found UTF-16"],
    ["more than 10 MB", `- person: ${"x".repeat(10_000_000)}\n`, "r.yml:1: expected at most 10 MB of YAML"],
  ])("with %s is rejected as a whole", async (_, content, reason) => {
    const { records, rejected } = await collect(folder({ "r.yml": content }), grants("r.yml"));
    expect(records).toEqual([]);
    expect(rejected.map(({ file, line, reason: why }) => `${file}:${line}: ${why}`).join()).toContain(reason);
  });
});
