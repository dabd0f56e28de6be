import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Severity } from "../../controls/entry.ts";
import { productVersion } from "../../product-version.ts";
import type { CheckedControl, Finding } from "../../warehouse/check.ts";

const LEVEL: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/**
 * SARIF 2.1.0: a rule per control; a unit that fails is a result, one that nobody can judge is open, one that is exempt a
 * suppressed result with its exemption.
 */
export function sarif(controls: readonly CheckedControl[]): Log {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Quarterdeck", version: productVersion, rules: controls.map(ruleOf) } },
        columnKind: "unicodeCodePoints",
        results: controls.flatMap((control, index) => control.findings.map((finding) => resultOf(control, index, finding))),
      },
    ],
  };
}

const ruleOf = (control: CheckedControl): ReportingDescriptor => ({
  id: control.control,
  name: control.title,
  shortDescription: { text: control.title },
  fullDescription: { text: control.question },
  help: { text: control.remedy },
  defaultConfiguration: { level: LEVEL[control.severity] },
  properties: {
    severity: control.severity,
    is_local_rule: control.is_local,
    passed: control.passed,
    failed: control.failed,
    unknown: control.unknown,
    exempt: control.exempt,
    not_applicable: control.not_applicable,
    not_due: control.not_due,
  },
});

function resultOf({ control, severity }: CheckedControl, ruleIndex: number, finding: Finding): Result {
  const { status, unit_kind, unit, service, teams, environment, occurred_at, reason, evidence } = finding;
  return {
    ruleId: control,
    ruleIndex,
    ...(status === "unknown" ? { kind: "open", level: "none" } : { kind: "fail", level: LEVEL[severity] }),
    message: { text: reason },
    // What is judged stands in no file; readers that show nothing without one are given the configuration it was judged by.
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: "quarterdeck.yaml" }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: unit, name: unit, kind: unit_kind }],
      },
    ],
    partialFingerprints: { "controlUnit/v1": `${control}/${unit_kind}/${unit}` },
    ...(status === "exempt" ? { suppressions: [{ kind: "external", status: "accepted", justification: reason }] } : {}),
    properties: { service, teams, environment, occurred_at, evidence },
  };
}
