import { heading, note, paragraph, table, type Section } from "../../layout/nodes.ts";
import { count, some, type Times } from "../../release/words.ts";
import type { PeriodPackData } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs, controlLink, failures, longTable, percent } from "../words.ts";

/** What was tested before it was deployed, and what the tests said. */
export function testsSection(
  { tests, testSummary, controls, isFull }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): Section {
  const title = "Test evidence";
  if (tests.length === 0) {
    return {
      id: "tests",
      title,
      nodes: [
        note(
          "No test result of what was deployed in the period is among those collected: a source of test_result rows would bring them. That none is listed does not say whether anything was tested.",
        ),
      ],
    };
  }
  const asked = controls.filter(({ family }) => family === "quality");
  return {
    id: "tests",
    title,
    nodes: [
      paragraph(
        `${some(tests.length, "test result")} belong to production deployments of the period, by the digest, commit or version that was deployed.`,
      ),
      table({
        caption: "Deployments with a test result that ended before they began",
        columns: [
          { title: "Service" },
          { title: "Deployments", align: "right" },
          { title: "With a result", align: "right" },
          { title: "With a failed one", align: "right" },
          { title: "Results", align: "right" },
          { title: "Failed", align: "right" },
        ],
        rows: testSummary.map((row) => [
          row.service_title,
          count(row.deployments),
          count(row.with_result),
          count(row.with_failed),
          count(row.results),
          count(row.failed_results),
        ]),
        note: "Which tests a deployment must have is said by the controls below; a service without any may be outside of their scope.",
      }),
      ...(asked.length === 0
        ? []
        : [
            table({
              caption: "Controls of tests",
              columns: [
                { title: "Control" },
                { title: "What it asks" },
                { title: "Pass", align: "right" },
                { title: "Fail", align: "right" },
                { title: "Unknown", align: "right" },
                { title: "Exempt", align: "right" },
                { title: "Adherence", align: "right" },
              ],
              rows: asked.map((row) => [
                controlLink(row.control),
                row.question,
                count(row.passed),
                failures(row.failed),
                count(row.unknown),
                count(row.exempt),
                percent(row.rate),
              ]),
            }),
          ]),
      heading(3, "Results out of the ordinary", "tests.results"),
      ...longTable({
        rows: tests,
        isOfNote: ({ is_of_note }) => is_of_note,
        isFull,
        caption: "Test results",
        ofNote: "those that did not pass",
        columns: [
          { title: "Deployment" },
          { title: "Service" },
          { title: "Suite" },
          { title: "Cases", align: "right" },
          { title: "Failed", align: "right" },
          { title: "Ended" },
          { title: "Tied by" },
          { title: "Outcome" },
        ],
        cells: (row) => [
          row.deployment_id,
          row.service,
          row.suite,
          row.total === null ? null : count(row.total),
          row.failed === null ? null : count(row.failed),
          `${times.minute(row.finished_at) ?? "time not recorded"}${row.is_before ? "" : ", after the start"}`,
          row.how,
          { text: row.outcome ?? "not known", tone: row.outcome === "passed" ? "ink" : "worse" },
        ],
        attached: tables.of("tests"),
      }),
      paragraph(
        attachedAs(
          tables.of("settings"),
          "What counts as a test, and which are asked for, is set by the parameters of the controls.",
        ),
        "small",
      ),
    ],
  };
}
