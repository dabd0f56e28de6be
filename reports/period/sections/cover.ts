import type { PackPlan } from "../../folder/edition.ts";
import { madeFromRows } from "../../folder/made-from.ts";
import { issueRows, signatureNote } from "../../folder/signature-block.ts";
import { heading, keyValues, paragraph, space, type DocumentNode } from "../../layout/nodes.ts";
import { count, some, type Times } from "../../release/words.ts";
import type { PeriodPackData } from "../data.ts";
import { periodName } from "../words.ts";

export function cover(data: PeriodPackData, times: Times, plan: PackPlan): DocumentNode[] {
  const { provenance, scope, queries, period } = data;
  return [
    space(84),
    paragraph(`${provenance.organisation}\nPeriod pack: evidence of how changes were made`, "kicker"),
    heading(1, period.label.includes("..") ? periodName(data, times) : period.label),
    paragraph(verdict(data, times), "lead"),
    space(30),
    keyValues([
      ["Period", `${periodName(data, times)}, both included; days of the time zone ${times.zone}`],
      ["Services", services(data)],
      [
        "Framework",
        scope.framework === null
          ? "All; every control that is switched on"
          : `${scope.framework_title} (${scope.framework_edition}): the controls that give evidence for its clauses`,
      ],
      [
        "Data as of",
        `${times.minute(provenance.as_of)} (all times are in the time zone ${times.zone})${scope.is_open ? ": the period had not ended, and what came later is not in this pack" : ""}`,
      ],
      ...madeFromRows(provenance, queries),
      ...issueRows(plan),
    ]),
    ...signatureNote(plan),
    paragraph(
      "This pack brings together evidence that supports a judgement on how changes were made. It does not judge. It can show only what was collected: “Completeness and accuracy” says what that was, and “Method” what a signature proves and what it does not.",
      "small",
    ),
  ];
}

function services({ scope, services: list }: PeriodPackData): string {
  if (scope.is_whole) return `All ${count(scope.services)} of the organisation`;
  return `${some(scope.services, "service")}: ${list.map(({ title }) => title).join(", ")}`;
}

/** What happened, what was found, and where it is said. */
export function verdict(data: PeriodPackData, times: Times): string {
  return [found(data, times), unjudged(data), completeness(data)].filter((part) => part !== "").join(" ");
}

/** What no control looked at must not read as if it had passed. */
function unjudged({ deployments }: PeriodPackData): string {
  const left = deployments.filter(({ is_judged }) => !is_judged).length;
  if (left === 0) return "";
  return `${some(left, "deployment")} ${left === 1 ? "is" : "are"} judged by no control of deployments: “Control results” says which apply to what.`;
}

/** By POP-03; nothing where that is switched off. */
function completeness({ sourceVerdicts }: PeriodPackData): string {
  const judged = sourceVerdicts.filter(({ status }) => status !== null);
  const failed = judged.filter(({ status }) => status === "fail").length;
  const unknown = judged.filter(({ status }) => status === "unknown").length;
  if (judged.length === 0) return "";
  if (failed + unknown === 0) return "All sources are known to be complete.";
  return `Not all sources are known to be complete: of ${count(judged.length)}, ${count(failed)} ${failed === 1 ? "lacks" : "lack"} records or could not be read wholly, and for ${count(unknown)} nobody has said so.`;
}

function found({ scope, deployments, requests, totals, controls }: PeriodPackData, times: Times): string {
  const all = totals.find(({ kind }) => kind === "all");
  const until = scope.is_open ? `, as far as ${times.day(scope.known_until) ?? ""}` : "";
  const made = `${some(deployments.length, "production deployment")} and ${some(requests.length, "change request")} belong to the period${until}.`;
  if (!all || all.passed + all.failed + all.unknown === 0) return `${made} No control had anything to judge.`;
  const failing = controls.filter(({ failed }) => failed > 0).length;
  const failures =
    all.failed === 0
      ? "None of them fails"
      : `${count(all.failed)} ${all.failed === 1 ? "fails" : "fail"}, in ${some(failing, "control")}`;
  const open = all.unknown === 0 ? "" : `, and ${count(all.unknown)} cannot be judged for want of evidence`;
  return `${made} Controls gave ${some(all.passed + all.failed + all.unknown + all.exempt, "result")}. ${failures}${open}; ${count(all.exempt)} ${all.exempt === 1 ? "is" : "are"} exempt.`;
}
