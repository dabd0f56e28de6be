import reports, { type TestSuite } from "junit-report-builder";
import { countsText } from "../../controls/counts.ts";
import type { CheckedControl, Finding } from "../../warehouse/check.ts";
import { forXml } from "../../xml-text.ts";

/** JUnit: a suite per control, a case per unit that fails (failure), is unknown (skipped) or is exempt (with why). */
export function junit(controls: readonly CheckedControl[], asOf: string): string {
  const builder = reports.newBuilder();
  for (const control of controls) {
    const suite = builder.testSuite().name(forXml(`${control.control} ${control.title}`)).timestamp(asOf);
    suite.property("severity", control.severity);
    suite.property("counts", countsText(control));
    suite.property("question", forXml(control.question));
    for (const finding of control.findings) addCase(suite, control, finding);
    if (control.failed + control.unknown + control.exempt === 0) addClear(suite, control);
  }
  return `${builder.build()}\n`;
}

function addCase(suite: TestSuite, { control, severity, remedy }: CheckedControl, { status, unit, service, reason }: Finding): void {
  const unitCase = suite.testCase().className(forXml(`${control}.${service ?? "all"}`)).name(forXml(unit));
  if (status === "fail") unitCase.failure(forXml(reason), severity).stacktrace(forXml(`${reason}\n${remedy}`));
  else unitCase.standardOutput(forXml(reason));
  if (status === "unknown") unitCase.skipped();
}

/** Readers of JUnit leave out a suite without cases. */
function addClear(suite: TestSuite, { control, passed }: CheckedControl): void {
  const clear = suite.testCase().className(control);
  if (passed > 0) clear.name(`all ${passed} pass`);
  else clear.name("nothing was to be judged").skipped();
}
