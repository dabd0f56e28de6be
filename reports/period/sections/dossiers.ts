import { heading, note, pageBreak, paragraph, type DocumentNode, type Section } from "../../layout/nodes.ts";
import { dossierParts, dossierVerdict, type PartContext } from "../../dossier/parts.ts";
import type { Dossier } from "../../dossier/data.ts";
import type { Times } from "../../release/words.ts";
import type { PeriodPackData } from "../data.ts";
import { controlAnchor, dossierAnchor } from "../words.ts";

/** One for each sampled change, each on pages of its own. */
export function dossiersSection({ dossiers, controls, sample }: PeriodPackData, times: Times): Section {
  const title = "Dossiers";
  if (dossiers.length === 0) {
    return {
      id: "dossiers",
      title,
      nodes: [
        note(
          sample === undefined
            ? "There is one for each change of a sample, and no sample was asked for."
            : "The sample is empty.",
        ),
      ],
    };
  }
  const known = new Set(controls.map(({ control }) => control));
  const context: PartContext = {
    times,
    control: (control) =>
      known.has(control) ? { text: control, to: controlAnchor(control) } : { text: control },
  };
  return {
    id: "dossiers",
    title,
    nodes: [
      paragraph(
        "Each sampled change from its request to what came of it. All controls are listed that have it, its change requests, releases or incidents among their units.",
      ),
      ...dossiers.flatMap((dossier, index) => [
        ...(index === 0 ? [] : [pageBreak]),
        ...dossierNodes(dossier, context),
      ]),
    ],
  };
}

function dossierNodes(dossier: Dossier, context: PartContext): DocumentNode[] {
  const { position, unit, service_title } = dossier.dossier;
  return [
    heading(
      3,
      `Dossier ${position}: ${service_title === null ? "" : `${service_title}, `}${unit}`,
      dossierAnchor(position),
    ),
    paragraph(dossierVerdict(dossier)),
    ...dossierParts(dossier, context).flatMap(({ title, nodes }) => [heading(4, title), ...nodes]),
    paragraph(
      [
        "Rows behind this dossier: dossier-*.csv, whose hashes are in the ",
        { text: "manifest", to: "manifest" },
        ". Back to the ",
        { text: "sample", to: "sample" },
        ".",
      ],
      "small",
    ),
  ];
}
