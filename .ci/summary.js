// Adds up what vitest reported: `node .ci/summary.js <folder of reports> [failed step ...]`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, ...failedSteps] = process.argv.slice(2);

const reports = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({
    step: name.replace(/\.json$/, "").replace("-", ":"),
    ...JSON.parse(readFileSync(join(folder, name), "utf8")),
  }));

const sum = (key) => reports.reduce((total, report) => total + (report[key] ?? 0), 0);

// A step whose failure is not among its counted tests: lint, or a test file that could not be loaded.
const isCounted = (step) => reports.some((report) => report.step === step && report.numFailedTests > 0);
const uncounted = failedSteps.filter((step) => !isCounted(step));

for (const { step, numPassedTests, numFailedTests, numPendingTests, numTodoTests } of reports) {
  console.log(
    `${step}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`,
  );
}
for (const step of uncounted) console.log(`${step}: failed`);

const failed = sum("numFailedTests") + uncounted.length;
console.log(`${sum("numPassedTests")} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
