import { keyValues, link, note, paragraph, table, type DocumentNode, type Span, type Text } from "../layout/nodes.ts";
import { changeName, count, joined, shortSha, some, type Times } from "../release/words.ts";
import { statusText } from "../period/words.ts";
import type { ControlRow, DecisionRow, DeploymentRow, Dossier, RequestRow } from "./data.ts";

/** A step of the way that a change goes, with what is known of it. */
export interface DossierPart {
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly DocumentNode[];
}

export interface PartContext {
  readonly times: Times;
  /** How a control is named: as a link where the document has a place for it. */
  readonly control: (control: string) => Span;
}

type PartOf = (dossier: Dossier, context: PartContext) => readonly DocumentNode[];

const PARTS: readonly (readonly [string, string, PartOf])[] = [
  ["request", "Request and risk", requestPart],
  ["approval", "Approval", approvalPart],
  ["review", "Changes and review", reviewPart],
  ["tests", "Tests", testPart],
  ["duties", "Separation of duties", dutiesPart],
  ["deployment", "Deployment", deploymentPart],
  ["validation", "Validation and other evidence", validationPart],
  ["incidents", "Outcome and incidents", incidentPart],
  ["controls", "What controls say", controlPart],
  ["course", "Course of events", coursePart],
];

/** From the request to what came of it. */
export const dossierParts = (dossier: Dossier, context: PartContext): DossierPart[] =>
  PARTS.map(([id, title, part]) => ({ id, title, nodes: part(dossier, context) }));

/** What the controls found, in a sentence. */
export function dossierVerdict({ controls }: Dossier): string {
  const of = (status: string) => controls.filter((row) => row.status === status);
  const judged = controls.filter(({ status }) => status !== "not_applicable").length;
  if (judged === 0) return "No control applies to it.";
  const named = (status: string, word: string) => {
    const rows = of(status);
    return rows.length === 0
      ? ""
      : ` ${count(rows.length)} ${word}: ${joined([...new Set(rows.map(({ control }) => control))]) ?? ""}.`;
  };
  return `${some(judged, "result")} of controls that apply; ${count(of("pass").length)} pass.${named("fail", "fail")}${named("unknown", "unknown")}${named("exempt", "exempt")}`;
}

function requestPart({ requests }: Dossier, { times }: PartContext): DocumentNode[] {
  if (requests.length === 0)
    return [
      note(
        "No change request is known that it goes by: it names none that is among those collected, nor does a change in it.",
      ),
    ];
  return requests.map((row) => keyValues(requestRows(row, times)));
}

function requestRows(row: RequestRow, times: Times): (readonly [string, Text])[] {
  const given = (key: string, value: string | null): (readonly [string, Text])[] =>
    value === null ? [] : [[key, value]];
  const window =
    row.planned_start === null && row.planned_end === null
      ? "no window planned"
      : `${times.minute(row.planned_start) ?? "–"} to ${times.minute(row.planned_end) ?? "–"}`;
  return [
    [
      "Change request",
      [link(row.native_id, row.url), row.title === null ? "" : `: ${row.title}`, ` (${row.via})`],
    ],
    ["Type and risk", `${row.type ?? "type not stated"}; risk ${row.risk ?? "not stated"}`],
    [
      "Filed",
      `${times.minute(row.created_at) ?? "time not recorded"}, by ${row.requested_by}; status ${row.status ?? "not stated"}${row.closed_at === null ? "" : `, closed ${times.minute(row.closed_at) ?? ""}`}`,
    ],
    ["Planned window", window],
    ...given("What", row.description),
    ...given("Why", row.reason),
    ...given("Impact", row.impact),
    ["Rollback plan", row.rollback_plan ?? "none stated"],
    ["Test plan", row.test_plan ?? "none stated"],
  ];
}

function approvalPart({ decisions }: Dossier, { times }: PartContext): DocumentNode[] {
  if (decisions.length === 0) return [note("No decision on it is among those collected.")];
  return [
    table({
      caption: `Decisions (${count(decisions.length)})`,
      columns: [
        { title: "On" },
        { title: "Decision" },
        { title: "By" },
        { title: "When" },
        { title: "Justification" },
      ],
      rows: decisions.map((row) => [
        `${row.kind} ${row.subject}`,
        decision(row, times),
        row.role === null ? row.approver : `${row.approver} (${row.role})`,
        when(row, times),
        row.justification,
      ]),
    }),
  ];
}

function decision({ decision: word, withdrawn_at }: DecisionRow, times: Times): Text {
  const withdrawn = withdrawn_at === null ? "" : `, taken back ${times.minute(withdrawn_at) ?? ""}`;
  return {
    text: `${word ?? "not stated"}${withdrawn}`,
    tone: word === "approved" && withdrawn_at === null ? "ink" : "worse",
  };
}

function when({ decided_at, is_derived, timing }: DecisionRow, times: Times): Text {
  return [
    `${times.minute(decided_at) ?? "–"}${is_derived ? ", derived from other events" : ""}, `,
    { text: timing, tone: timing === "before the start" ? "ink" : "worse" },
  ];
}

function reviewPart({ changes, reviews }: Dossier, { times }: PartContext): DocumentNode[] {
  if (changes.length === 0)
    return [
      note(
        "No change is known that it was the first to bring to production: it brought none, never went live, or its commits are not known.",
      ),
    ];
  return [
    table({
      caption: `Changes that it was the first to bring to production (${count(changes.length)})`,
      columns: [
        { title: "Change" },
        { title: "Title" },
        { title: "Author" },
        { title: "Merged" },
        { title: "By" },
        { title: "Size", align: "right" },
        { title: "Tickets" },
      ],
      rows: changes.map((row) => [
        changeName(row),
        row.title,
        row.author,
        times.minute(row.merged_at),
        row.merged_by,
        row.additions === null && row.deletions === null
          ? null
          : `+${count(row.additions ?? 0)} −${count(row.deletions ?? 0)}`,
        joined(row.tickets),
      ]),
    }),
    ...(reviews.length === 0
      ? [note("No review of these changes is among those collected.")]
      : [
          table({
            caption: `Reviews (${count(reviews.length)})`,
            columns: [{ title: "Change" }, { title: "Reviewer" }, { title: "Review" }, { title: "When" }],
            rows: reviews.map((row) => [
              changeName(row),
              row.is_by_author === true
                ? { text: `${row.reviewer}, its author`, tone: "worse" as const }
                : row.reviewer,
              row.state,
              [
                `${times.minute(row.submitted_at) ?? "–"}, `,
                {
                  text: row.timing,
                  tone: row.timing === "before the merge" ? ("ink" as const) : ("worse" as const),
                },
              ],
            ]),
          }),
        ]),
  ];
}

function testPart({ tests }: Dossier, { times }: PartContext): DocumentNode[] {
  if (tests.length === 0) return [note("No test result of what was deployed is among those collected.")];
  return [
    table({
      caption: `Test results of the digest, commit or version deployed (${count(tests.length)})`,
      columns: [
        { title: "Suite" },
        { title: "Cases", align: "right" },
        { title: "Failed", align: "right" },
        { title: "Ended" },
        { title: "Tied by" },
        { title: "Outcome" },
      ],
      rows: tests.map((row) => [
        row.suite,
        row.total === null ? null : count(row.total),
        row.failed === null ? null : count(row.failed),
        `${times.minute(row.finished_at) ?? "time not recorded"}${row.is_before ? "" : ", after the start"}`,
        row.how,
        { text: row.outcome ?? "not known", tone: row.outcome === "passed" ? "ink" : "worse" },
      ]),
    }),
  ];
}

const DUTIES = ["segregation", "authorisation"];

function dutiesPart({ deployments, controls }: Dossier, { control }: PartContext): DocumentNode[] {
  const asked = controls.filter(
    ({ family, status }) => DUTIES.includes(family) && status !== "not_applicable",
  );
  return [
    ...(deployments.length === 0
      ? []
      : [
          table({
            caption: "Approvals that hold for the whole of it, and by whom",
            columns: [
              { title: "Deployment" },
              { title: "Deployed by" },
              { title: "Approvals", align: "right" },
              { title: "By others than its authors", align: "right" },
              { title: "By others than who deployed", align: "right" },
            ],
            rows: deployments.map((row) => [
              row.deployment_id,
              row.deployer,
              number(row.approvals),
              number(row.others),
              number(row.bystanders),
            ]),
          }),
        ]),
    asked.length === 0
      ? note("No control of authorisation or separation of duties applies.")
      : paragraph(asked.flatMap((row, index) => [index === 0 ? "" : "; ", control(row.control), " ", statusText(row.status)])),
  ];
}

const number = (value: number | null): string | null => (value === null ? null : count(value));

function deploymentPart({ deployments }: Dossier, { times }: PartContext): DocumentNode[] {
  if (deployments.length === 0) return [note("No production deployment is known that goes by it.")];
  return deployments.map((row) => keyValues(deploymentRows(row, times)));
}

function deploymentRows(row: DeploymentRow, times: Times): (readonly [string, Text])[] {
  const given = (key: string, value: string | null): (readonly [string, Text])[] =>
    value === null ? [] : [[key, value]];
  return [
    [
      "Deployment",
      [
        link(row.deployment_id, row.url),
        ` of ${row.service_title ?? row.service ?? "an unknown service"} to ${row.environment ?? "production"}`,
      ],
    ],
    [
      "Delivered",
      [
        row.version === null ? "" : `version ${row.version}, `,
        `commit ${row.sha ?? "not recorded"}${row.branch === null ? "" : `, branch ${row.branch}`}`,
      ],
    ],
    [
      "Time",
      `began ${times.minute(row.occurred_at) ?? "–"}, live ${times.minute(row.live_at) ?? "never"}, ended ${times.minute(row.finished_at) ?? "not recorded"}`,
    ],
    [
      "By",
      `${row.deployer}; pipeline run ${row.pipeline_run ?? "not recorded"}${row.workflow === null ? "" : `, workflow ${row.workflow}`}${row.trigger === null ? "" : `, trigger ${row.trigger} (${row.triggered_by})`}`,
    ],
    [
      "Result",
      {
        text: `${(row.status ?? "not known").replaceAll("_", " ")}${row.wave_kind === null || row.wave_kind === "deployment" ? "" : `, ${row.wave_kind}`}`,
        tone: row.status === "success" ? "ink" : "worse",
      },
    ],
    ...given("Release train", row.train),
    ...given("Labels", joined(row.labels)),
    ...given("Owned by", joined(row.teams)),
  ];
}

function validationPart({ evidence }: Dossier, { times }: PartContext): DocumentNode[] {
  if (evidence.length === 0)
    return [
      note(
        "No smoke test, health check, scan or other piece of evidence about it is among those collected, beside the test results above.",
      ),
    ];
  return [
    table({
      caption: `Evidence about it and what it deployed (${count(evidence.length)})`,
      columns: [
        { title: "Kind" },
        { title: "When" },
        { title: "By" },
        { title: "Outcome" },
        { title: "Record" },
      ],
      rows: evidence.map((row) => [
        (row.kind ?? "not stated").replaceAll("_", " "),
        `${times.minute(row.occurred_at) ?? "time not recorded"}, ${row.is_before ? "before" : "after"} the start`,
        row.actor,
        row.outcome,
        row.evidence_id,
      ]),
    }),
  ];
}

function incidentPart({ deployments, incidents }: Dossier, { times }: PartContext): DocumentNode[] {
  const failed = deployments.filter(({ is_failure }) => is_failure);
  const outcome = failed.map((row) =>
    note(
      `${row.deployment_id} counts as a change failure: ${joined(row.failure_words) ?? "no reason stated"}${row.is_open ? "; service is not restored yet" : row.restored_at === null ? "" : `; users were served again ${times.minute(row.restored_at) ?? ""}`}.`,
    ),
  );
  if (incidents.length === 0) {
    const unknown = deployments.some((row) => row.outcome === null || row.outcome === "unknown");
    return [
      ...outcome,
      note(
        unknown
          ? "No incident is linked to it; no incident source covers all of it, so incidents may be missing."
          : "No incident is linked to it.",
      ),
    ];
  }
  return [
    ...outcome,
    table({
      caption: `Incidents that may be its effect (${count(incidents.length)})`,
      columns: [
        { title: "Incident" },
        { title: "Severity" },
        { title: "Began" },
        { title: "Users unaffected" },
        { title: "Link" },
        { title: "Confidence", align: "right" },
        { title: "Reasons" },
      ],
      rows: incidents.map((row) => [
        [link(row.native_id, row.url), row.title === null ? "" : `: ${row.title}`],
        row.severity,
        times.minute(row.started_at),
        times.minute(row.mitigated_at ?? row.resolved_at) ?? "not yet",
        row.is_accepted
          ? { text: "counts", strong: true, tone: "worse" as const }
          : row.is_rejected
            ? `rejected by a person${row.verdict_reason === null ? "" : `: ${row.verdict_reason}`}`
            : "does not count",
        row.confidence.toFixed(2),
        row.words.join("\n"),
      ]),
      note: "A link is evidence of association, not proof of cause.",
    }),
  ];
}

function controlPart({ controls }: Dossier, context: PartContext): DocumentNode[] {
  if (controls.length === 0) return [note("No control has it among its units.")];
  const judged = controls.filter(({ status }) => status !== "not_applicable");
  return [
    ...(judged.length === 0 ? [] : [controlTable(judged, context.control)]),
    ...notApplicable(controls, context.control),
  ];
}

function controlTable(rows: readonly ControlRow[], control: PartContext["control"]): DocumentNode {
  return table({
    caption: `Controls that apply, their status and the reason for it (${count(rows.length)})`,
    columns: [
      { title: "Control" },
      { title: "What it asks" },
      { title: "Of its" },
      { title: "Status" },
      { title: "Reason" },
    ],
    rows: rows.map((row) => [
      control(row.control),
      row.title,
      row.unit_kind.replaceAll("_", " "),
      statusText(row.status),
      row.exemptions.length === 0 ? row.reason : `${row.reason} (${row.exemptions.join(", ")})`,
    ]),
  });
}

/** Those with the same reason together. */
function notApplicable(controls: readonly ControlRow[], control: PartContext["control"]): DocumentNode[] {
  const rows = controls.filter(({ status }) => status === "not_applicable");
  if (rows.length === 0) return [];
  const why = Map.groupBy(rows, ({ reason, is_not_due }) => `${is_not_due ? "Not due yet: " : ""}${reason}`);
  return [
    table({
      caption: `Controls that do not apply, and why (${count(rows.length)})`,
      columns: [{ title: "Controls" }, { title: "Reason" }],
      rows: [...why].map(([reason, of]) => [
        of.flatMap((row, index) => [index === 0 ? "" : ", ", control(row.control), ` (${row.unit_kind.replaceAll("_", " ")})`]),
        reason,
      ]),
    }),
  ];
}

function coursePart({ steps }: Dossier, { times }: PartContext): DocumentNode[] {
  if (steps.length === 0) return [note("Nothing of it has a time.")];
  return [
    table({
      caption: `What happened, in the order of time (${count(steps.length)})`,
      columns: [{ title: "When" }, { title: "Step" }, { title: "What" }, { title: "Who" }],
      rows: steps.map((row) => [times.minute(row.happened_at), row.step, row.words, row.who]),
    }),
  ];
}

/** What identifies it beside its id. */
export const delivered = ({ dossier }: Dossier): string | null => shortSha(dossier.delivered);
