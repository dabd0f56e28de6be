import { note, paragraph, table, type DocumentNode } from "../../layout/nodes.ts";
import { statusText } from "../../period/words.ts";
import { count } from "../../release/words.ts";
import type { Dossier } from "../data.ts";
import type { PartContext } from "./context.ts";

const DUTIES = ["segregation", "authorisation"];

export function dutiesPart({ deployments, controls }: Dossier, { control }: PartContext): DocumentNode[] {
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
      : paragraph(
          asked.flatMap((row, index) => [
            index === 0 ? "" : "; ",
            control(row.control),
            " ",
            statusText(row.status),
          ]),
        ),
  ];
}

const number = (value: number | null): string | null => (value === null ? null : count(value));
