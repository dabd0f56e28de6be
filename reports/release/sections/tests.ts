import { link, note, table, type Section, type Text } from "../../layout/nodes.ts";
import type { ReleasePackData, TestRow } from "../data.ts";
import { count, shortSha, type Times } from "../words.ts";

export function testsSection({ tests, summary }: ReleasePackData, times: Times): Section {
  const title = "Tests";
  if (tests.length === 0) {
    const reason = summary.has_tests
      ? "No test result for the commit or the artifacts of this release is among those collected."
      : "No test results were collected: a source of test_result rows would bring them. That none is listed does not say whether anything was tested.";
    return { id: "tests", title, nodes: [note(reason)] };
  }
  return {
    id: "tests",
    title,
    nodes: [
      table({
        caption: `Test results of the commit or artifact deployed (${count(tests.length)})`,
        columns: [
          { title: "Suite" },
          { title: "Kind" },
          { title: "Environment" },
          { title: "Commit" },
          { title: "Cases", align: "right" },
          { title: "Failed", align: "right" },
          { title: "Skipped", align: "right" },
          { title: "Ended" },
          { title: "Outcome" },
        ],
        rows: tests.map((test) => [
          link(test.suite, test.url),
          test.kind,
          test.environment,
          shortSha(test.sha),
          number(test.total),
          number(test.failed),
          number(test.skipped),
          times.minute(test.finished_at),
          outcome(test),
        ]),
        note: "Attached as tests.csv.",
      }),
    ],
  };
}

const number = (value: number | null): string | null => (value === null ? null : count(value));

function outcome({ outcome: word }: TestRow): Text {
  return { text: word, tone: word === "passed" ? "ink" : "worse" };
}
