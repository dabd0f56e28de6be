import { v5 } from "uuid";
import { countsText } from "../../src/controls/counts.ts";
import { printable } from "../../src/printable.ts";
import type { CheckedControl, Finding } from "../../src/warehouse/check.ts";
import type { PackScope } from "./scope.ts";

export interface About {
  readonly organisation: string;
  readonly as_of: string;
  readonly product_version: string;
}

/** Ours, so that our identifiers are nobody else's: v5 of "https://quarterdeck.dev/oscal" among addresses. */
const SPACE = v5("https://quarterdeck.dev/oscal", v5.URL);

const NAMES = "https://quarterdeck.dev/ns/oscal";

/** The same content gives the same identifiers: no clock and no chance has a part in them. */
const idOf = (...parts: readonly unknown[]) => v5(JSON.stringify(parts), SPACE);

/**
 * OSCAL 1.2.1 assessment results: a finding for each control, an observation for each unit that fails it.
 * What failed, what nobody can judge and what was not to be judged are told apart, since OSCAL itself only knows satisfied or not.
 */
export function assessmentResults(
  controls: readonly CheckedControl[],
  scope: PackScope,
  about: About,
): object {
  const names = { scope, as_of: about.as_of, organisation: about.organisation };
  const observations = controls.flatMap((control) =>
    failing(control).map((finding) => observationOf(control, finding, about, names)),
  );
  return {
    "assessment-results": {
      uuid: idOf(
        "document",
        names,
        controls.map(({ control, ...rest }) => [
          control,
          rest.passed,
          rest.failed,
          rest.unknown,
          rest.exempt,
        ]),
      ),
      metadata: {
        title: text(`Results of controls: ${about.organisation}, ${wordsOf(scope)}`),
        "last-modified": about.as_of,
        version: about.as_of,
        "oscal-version": "1.2.1",
        props: [prop("product-version", about.product_version)],
      },
      "import-ap": {
        href: "../config/quarterdeck.json",
        remarks: "Which controls are asked, with which parameters, is said by the configuration as used.",
      },
      results: [
        {
          uuid: idOf("result", names),
          title: text(wordsOf(scope)),
          description:
            "What the queries of sql/ say of the records of evidence/; controls/results.csv has every unit.",
          start: about.as_of,
          "reviewed-controls": { "control-selections": [selectionOf(controls)] },
          ...(observations.length > 0 ? { observations } : {}),
          ...(controls.length > 0 ? { findings: controls.map((control) => findingOf(control, names)) } : {}),
        },
      ],
    },
  };
}

function wordsOf(scope: PackScope): string {
  if (scope.kind === "release") return `release ${scope.service} ${scope.version}`;
  if (scope.kind === "train") return `release train ${scope.train}`;
  if (scope.kind === "dossier") return `${scope.unit_kind.replaceAll("_", " ")} ${scope.unit}`;
  return `${scope.from} to ${scope.until}${scope.services && scope.services.length > 0 ? `, ${scope.services.join(", ")}` : ""}`;
}

const failing = ({ findings }: CheckedControl) => findings.filter(({ status }) => status === "fail");

const selectionOf = (controls: readonly CheckedControl[]) =>
  controls.length === 0
    ? { "include-all": {} }
    : { "include-controls": controls.map(({ control }) => ({ "control-id": token(control) })) };

function observationOf(
  { control, title, severity }: CheckedControl,
  finding: Finding,
  about: About,
  names: object,
) {
  const { unit_kind, unit, service, reason, evidence } = finding;
  return {
    uuid: observationId(control, finding, names),
    title: text(`${control} ${title}: ${unit}`),
    description: text(reason),
    props: [
      prop("control", control),
      prop("severity", severity),
      ...(service === null ? [] : [prop("service", service)]),
    ],
    methods: ["TEST"],
    types: ["finding"],
    subjects: [
      { "subject-uuid": idOf("subject", unit_kind, unit), type: token(unit_kind), title: text(unit) },
    ],
    ...(evidence.length > 0
      ? { "relevant-evidence": evidence.map((id) => ({ description: text(id) })) }
      : {}),
    collected: finding.occurred_at ?? about.as_of,
  };
}

const observationId = (control: string, { unit_kind, unit }: Finding, names: object) =>
  idOf("observation", names, control, unit_kind, unit);

function findingOf(control: CheckedControl, names: object) {
  const related = failing(control).map((finding) => ({
    "observation-uuid": observationId(control.control, finding, names),
  }));
  return {
    uuid: idOf("finding", names, control.control),
    title: text(`${control.control} ${control.title}`),
    description: text(`${control.question} ${countsText(control)}`),
    props: [
      ...(["passed", "failed", "unknown", "exempt", "not_applicable", "not_due"] as const).map((name) =>
        prop(name.replaceAll("_", "-"), String(control[name])),
      ),
    ],
    target: {
      type: "objective-id",
      "target-id": token(control.control),
      title: text(control.title),
      ...stateOf(control),
    },
    ...(related.length > 0 ? { "related-observations": related } : {}),
  };
}

function stateOf({ failed, unknown, passed, exempt }: CheckedControl) {
  if (failed > 0) return { status: { state: "not-satisfied", reason: "fail" } };
  if (unknown > 0)
    return {
      status: {
        state: "not-satisfied",
        reason: "other",
        remarks: "Nothing fails, but of some units nobody knows.",
      },
    };
  if (passed > 0) return { status: { state: "satisfied", reason: "pass" } };
  if (exempt > 0)
    return {
      status: {
        state: "not-satisfied",
        reason: "other",
        remarks: "Every unit that was to be judged is exempt.",
      },
    };
  return {
    status: { state: "satisfied", reason: "other", remarks: "Nothing was to be judged." },
    "implementation-status": { state: "not-applicable" },
  };
}

const prop = (name: string, value: string) => ({
  name,
  ns: NAMES,
  value: text(value).replace(/^\s+|\s+$/g, "") || "-",
});

/** Text that shows as it stands, and is never empty, which OSCAL refuses. */
const text = (said: string) => printable(said).toWellFormed() || "-";

/** A name as OSCAL takes it. */
function token(name: string): string {
  const plain = name.toWellFormed().replace(/[^\p{L}\p{N}._-]/gu, "_");
  return /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`;
}
