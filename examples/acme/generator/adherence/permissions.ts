import { csv, type TextFile } from "../files/text.ts";
import { services } from "../services.ts";
import { berlin, isoUtc } from "../clock.ts";

/** The pipelines through which deployments may come. */
export function pipelineRegistrationsFile(): TextFile {
  const rows = services.map(({ name, code }) => ({
    id: `PL-${code}`,
    workflow: `deploy-${name}`,
    service: name,
    owner: "msorensen",
  }));
  return { name: "pipeline-registrations.csv", text: csv(rows) };
}

/** Developers deploy what their team owns, operations all. */
export function deploymentPermissionsFile(): TextFile {
  const rows = ["developer", "operations"].map((role) => ({
    id: `DP-${role}`,
    role,
    environment: "",
    service: "",
  }));
  return { name: "deployment-permissions.csv", text: csv(rows) };
}

/** Routine deployments, approved for a year at a time. */
export const TEMPLATES = ["payments", "identity"].flatMap((service) =>
  [2024, 2025, 2026].map((year) => ({
    id: `STD-${service}-${year}`,
    title: `Deploy ${service} from the main line, all gates passed`,
    service,
    approver: "gadeyemi",
    approved_at: isoUtc(berlin(`${year}-01-02`, "09:00")),
    valid_from: `${year}-01-01`,
    valid_until: `${year + 1}-01-01`,
  })),
);

export const changeTemplatesFile = (): TextFile => ({ name: "change-templates.csv", text: csv(TEMPLATES) });
