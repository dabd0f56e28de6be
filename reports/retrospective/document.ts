import { emptyActions } from "../../src/site/empty-actions.ts";
import { t } from "../../src/site/text/message.ts";
import { quarterSentences, workingPaper } from "../../src/site/words/retrospective.ts";
import { csvAttachment, type PackTable } from "../csv-attachment.ts";
import type { PackPlan } from "../folder/edition.ts";
import { madeFromRows } from "../folder/made-from.ts";
import { issueRows, signatureNote } from "../folder/signature-block.ts";
import {
  heading,
  keyValues,
  paragraph,
  space,
  type Attachment,
  type DocumentNode,
  type PackDocument,
} from "../layout/nodes.ts";
import { rulesTable } from "../release/sections/method.ts";
import { queryAttachments } from "../release/tables.ts";
import { furniture, timesOf, type Times } from "../release/words.ts";
import type { RetrospectivePackData } from "./data.ts";
import { adherenceSection } from "./sections/adherence.ts";
import { changesSection } from "./sections/changes.ts";
import { feedbackSection } from "./sections/feedback.ts";
import { habitsSection } from "./sections/habits.ts";
import { incidentsSection } from "./sections/incidents.ts";
import { actionsSection } from "./sections/actions.ts";
import { metricsSection } from "./sections/metrics.ts";
import { promptsSection } from "./sections/prompts.ts";
import { whatIfSection } from "./sections/what-if.ts";

/** A quarter of a team, to be printed and written on. */
export function retrospectiveDocument(data: RetrospectivePackData, plan: PackPlan): PackDocument {
  const { found, provenance } = data;
  const times = timesOf(provenance);
  const name = `${found.about.title}, ${found.about.period_label}`;
  return {
    title: `Retrospective: ${name}`,
    subject: "What hurt in a quarter, which habits go with it, and whether what was decided helped",
    author: provenance.organisation,
    language: "en",
    asOf: new Date(provenance.as_of),
    ...furniture(provenance, times, `retrospective, ${name}`),
    ...(plan.issuing.signer === undefined ? { mark: "Working paper" } : {}),
    isWithoutContents: true,
    cover: cover(data, times, plan),
    sections: [
      actionsSection(found),
      metricsSection(found, times),
      changesSection(found),
      incidentsSection(found, times),
      habitsSection(found),
      adherenceSection(found),
      promptsSection(found),
      feedbackSection(found),
      whatIfSection(found),
      {
        id: "method",
        title: "How this was made",
        nodes: [
          paragraph("The attached queries make what is printed here. The page of definitions says what each metric means; every figure on pages opens to its rows."),
          ...(data.localRules.length === 0 ? [] : rulesTable("Rules of the organisation's own", data.localRules)),
        ],
      },
    ],
    attachments: [...tables(data).map(csvAttachment), emptyActionsFile(), ...queryAttachments(data)],
  };
}

function cover({ found, provenance, queries, localRules }: RetrospectivePackData, times: Times, plan: PackPlan): DocumentNode[] {
  const { about } = found;
  return [
    space(84),
    paragraph(`${provenance.organisation}\nRetrospective`, "kicker"),
    heading(1, `${about.title}, ${about.period_label}`),
    paragraph(t("retrospective.as-of", { at: times.minute(provenance.as_of) ?? "" }), "small"),
    paragraph(quarterSentences(found).join(" "), "lead"),
    space(24),
    keyValues([
      ["Quarter", about.quarter],
      ["Services", about.services.join(", ")],
      ["Data as of", `${times.minute(provenance.as_of) ?? ""}; all times are in the time zone ${times.zone}`],
      ...madeFromRows(provenance, [...queries.filter(({ isLocal }) => !isLocal), ...localRules]),
      ...issueRows(plan).map(([name, text]) => [name, name === "Signature" ? "None: a working paper needs none." : text] as const),
    ]),
    ...signatureNote(plan),
    paragraph(`${workingPaper()} It needs no signature; where a key is configured it has one all the same.`, "small"),
  ];
}

/** Those with rows. */
const tables = ({ found }: RetrospectivePackData): PackTable[] =>
  [
    { name: "actions", description: "What was decided before, and whether its metric moved", rows: found.actions },
    { name: "decisions", description: "What this retrospective decided", rows: found.decisions },
    { name: "metrics", description: "The five metrics beside other quarters", rows: found.metrics },
    { name: "stages", description: "Where the lead time went", rows: found.stages },
    { name: "events", description: "What happened beside the figures", rows: found.events },
    { name: "slowest-tenth", description: "Where the slowest tenth of the changes waited", rows: found.slowStages },
    { name: "takeovers", description: "Services that the team took over or gave up", rows: found.takeovers },
    { name: "slowest-changes", description: "The slowest changes", rows: found.slowest },
    { name: "painful-deployments", description: "Failed deployments that took longest to restore", rows: found.painful },
    { name: "incidents", description: "Incidents and the deployments they came from", rows: found.incidents },
    { name: "habits", description: "Patterns found, and the deployments of the quarter that carried them", rows: found.habits },
    { name: "adherence", description: "Results of controls", rows: found.controls },
    { name: "pain-points", description: "Pain points for planning", rows: found.pains },
    { name: "what-if", description: "What another rule would have done", rows: found.whatIf },
  ].filter(({ rows }) => rows.length > 0);

const emptyActionsFile = (): Attachment => ({
  name: "actions-to-fill-in.csv",
  type: "text/csv",
  relationship: "Supplement",
  description: "For what is decided: the files collector reads it as entity action",
  content: new TextEncoder().encode(emptyActions()),
});
