import { describe, expect, test } from "vitest";
import { rows, SHA, staged, type Contents, type Options } from "./support.ts";

const results = async (files: Contents, options: Options) =>
  rows(await staged(files, options), "staging.evidence_test_result", "id");

const byPath: Options = { files: [{ path: "reports/{service}/{sha}/*.xml" }] };

const SURE = `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="com.acme.LimitTest" time="1.5" tests="3" errors="0" skipped="1" failures="1" timestamp="2026-03-02T10:00:00">
  <properties><property name="git.commit" value="${SHA}"/></properties>
  <testcase name="allows" classname="com.acme.LimitTest" time="0.5"/>
  <testcase name="refuses" classname="com.acme.LimitTest"><failure message="&lt;b&gt;">at line 1</failure></testcase>
  <testcase name="later" classname="com.acme.LimitTest"><skipped/></testcase>
  <system-out><![CDATA[ <anything> ]]></system-out>
</testsuite>`;

const OTHER = `<testsuites name="unit"><testsuite name="outer" tests="2" failures="0"><testsuite name="inner" tests="2" failures="0" errors="0"
  timestamp="2026-03-02T12:00:10+02:00" time="5"><testcase name="a"/><testcase name="b"><error/></testcase></testsuite></testsuite></testsuites>`;

describe("JUnit", () => {
  test("is a result of the commit that the path names: cases are counted, and it ended when its time was over", async () => {
    expect(await results({ [`reports/payments/${SHA}/TEST-a.xml`]: SURE }, byPath)).toEqual([
      {
        service: "payments",
        sha: SHA,
        suite: "com.acme.LimitTest",
        total: 3,
        failed: 1,
        skipped: 1,
        finished_at: "2026-03-02T10:00:01.500Z",
        outcome: "failed",
      },
    ]);
  });

  test("a suite in the configuration makes one result of all files, and nested suites count once", async () => {
    const files = { [`reports/payments/${SHA}/a.xml`]: SURE, [`reports/payments/${SHA}/b.xml`]: OTHER };
    const found = await results(files, {
      files: [{ path: "reports/{service}/{sha}/*.xml", suite: "unit", kind: "unit", zone: "Europe/Berlin" }],
    });
    expect(found).toEqual([
      {
        ...{ service: "payments", sha: SHA, suite: "unit", kind: "unit", total: 5, failed: 2, skipped: 1 },
        ...{ finished_at: "2026-03-02T10:00:15Z", outcome: "failed" },
      },
    ]);
  });

  test("a property says what the path does not", async () => {
    const [found] = await results(
      { "a.xml": SURE },
      { files: [{ path: "*.xml", properties: { sha: "git.commit" } }] },
    );
    expect(found).toMatchObject({ sha: SHA, suite: "com.acme.LimitTest" });
  });

  test("what a suite states holds where it lists no cases; without cases nothing is said to have passed", async () => {
    const stated = (name: string, tests: number) =>
      `<testsuite name="${name}" tests="${tests}" failures="1" errors="1" skipped="2"/>`;
    const files = {
      [`reports/a/${SHA}/a.xml`]: stated("some", 9),
      [`reports/a/${SHA}/b.xml`]: stated("none", 0),
    };
    expect(await results(files, byPath)).toEqual([
      { service: "a", sha: SHA, suite: "none", total: 0 },
      { service: "a", sha: SHA, suite: "some", total: 9, failed: 2, skipped: 2, outcome: "failed" },
    ]);
  });

  test("a file that names no commit is a result of its own, attached to nothing", async () => {
    const found = await results(
      { "reports/payments/latest/a.xml": OTHER, "reports/payments/4c1f0e9/a.xml": OTHER },
      byPath,
    );
    expect(found).toHaveLength(2);
    for (const one of found) expect(one).not.toHaveProperty("sha");
  });
});

const COBERTURA = `<?xml version="1.0"?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.75" lines-covered="75" lines-valid="100" timestamp="1772445600000" version="1"><packages/></coverage>`;
const LCOV =
  "TN:\nSF:src/a.ts\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\nSF:src/b.ts\nDA:1,3\nend_of_record\n";

describe("coverage", () => {
  test("is a result of its own, or stands beside the cases of the suite that it was measured with", async () => {
    const files = {
      [`r/payments/${SHA}/unit/junit.xml`]: OTHER,
      [`r/payments/${SHA}/unit/coverage.xml`]: COBERTURA,
      [`c/payments/${SHA}/lcov.info`]: LCOV,
    };
    const options: Options = {
      files: [
        { path: "r/{service}/{sha}/{suite}/*.xml" },
        { path: "c/{service}/{sha}/lcov.info", format: "lcov" },
      ],
    };
    const found = await results(files, options);
    expect(found).toEqual([
      {
        service: "payments",
        sha: SHA,
        suite: "coverage",
        kind: "coverage",
        coverage: expect.closeTo(2 / 3, 9) as number,
      },
      {
        ...{ service: "payments", sha: SHA, suite: "unit", total: 2, failed: 1, skipped: 0, coverage: 0.75 },
        ...{ finished_at: "2026-03-02T10:00:15Z", outcome: "failed" },
      },
    ]);
  });

  test("that cannot be is not known", async () => {
    const found = await results(
      { [`reports/a/${SHA}/c.xml`]: `<coverage line-rate="7" lines-covered="9" lines-valid="3"/>` },
      byPath,
    );
    expect(found).toEqual([{ service: "a", sha: SHA, suite: "coverage", kind: "coverage" }]);
  });
});
