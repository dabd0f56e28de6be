import { keyValues, type Section } from "../../layout/nodes.ts";

const WORDS: readonly (readonly [string, string])[] = [
  ["Adherence", "pass / (pass + fail + unknown). Nothing where nothing was to be judged."],
  ["As of", "The instant up to which events count. What happened later is left out."],
  ["Assertion", "Somebody's word, by name, that a kind of record is complete for services and a time."],
  [
    "Attempt",
    "One try to put something into an environment. Those that failed count as production deployments here.",
  ],
  ["Change", "A merged pull or merge request, or a commit that reached the main line without one."],
  [
    "Change failure",
    "A deployment that is the accepted cause of an incident, was rolled back, or brought what was later reverted or fixed in production.",
  ],
  ["Change request", "A ticket that authorises a change."],
  ["Control", "A question put to each unit of a population, answered by a query."],
  ["Deviation", "A unit that fails a control."],
  ["Digest", "SHA-256 of a text or file: 64 digits that change when anything in it changes."],
  ["Dossier", "Everything known of one sampled change, from its request to what came of it."],
  ["Exempt", "Would fail, and an exemption that holds covers exactly this control and unit."],
  ["Interval", "Where the true rate may lie, with 95 % confidence, by Wilson."],
  [
    "Not applicable",
    "The control does not concern the unit, or a configured scope leaves it out. What is not due yet is counted with it on paper and apart in the files.",
  ],
  ["Population", "All units that a control judges, or a sample is drawn from."],
  ["Unit", "A production deployment, change request, release, incident, source, period or exemption."],
  [
    "Unknown",
    "It cannot be judged: evidence is missing and nothing says that its records are complete. It never counts as pass.",
  ],
];

/** The words of this pack. */
export function glossarySection(): Section {
  return { id: "glossary", title: "Glossary", nodes: [keyValues(WORDS)] };
}
