import type { Config } from "../../config/schema.ts";

/** From who sees least to who sees everything: what one sees, all after it see too. */
export const AUDIENCES = ["leadership", "teams", "audit"] as const;
export type AudienceKind = (typeof AUDIENCES)[number];

export interface Audience {
  readonly kind: AudienceKind;
  /** Below the output folder; empty = that itself. */
  readonly folder: string;
}

/** What stands where somebody's own words may not be shown. */
export const NOT_SHOWN = "[withheld]";

/** One site with everything, where no audiences are configured. */
export const EVERYBODY: Audience = { kind: "audit", folder: "" };

/** The sites that a build makes. */
export function audiencesOf({ publish: { audiences } }: Config): Audience[] {
  if (audiences === undefined) return [EVERYBODY];
  return AUDIENCES.flatMap((kind) => {
    const folder = audiences[kind];
    return folder === undefined ? [] : [{ kind, folder }];
  });
}

/** Whether what is meant for `meant`, and those who see more, is for this audience. */
export const isFor = (kind: AudienceKind, meant: AudienceKind): boolean =>
  AUDIENCES.indexOf(kind) >= AUDIENCES.indexOf(meant);

/** Pages and other files by the first word of their address. What stands nowhere is for auditors alone. */
const WORDS: Readonly<Record<Exclude<AudienceKind, "audit">, readonly string[]>> = {
  leadership: [
    ...["index", "month", "week", "year", "rolling", "compare", "services", "figures", "teams", "risk", "practices"],
    ...["adherence", "controls", "frameworks", "exemptions", "emergency", "paths"],
    ...["definitions", "data", "restatements", "search"],
  ],
  teams: ["rows", "releases", "deployments", "incidents", "links", "retrospectives"],
};

/** Whether an address of the site is one of this audience's. Tables below `data/` say that themselves. */
export function shows(kind: AudienceKind, path: string): boolean {
  const [word = ""] = path.split(/(?:-\d+)?[/.#]/);
  const meant = (["leadership", "teams"] as const).find((one) => WORDS[one].includes(word));
  return isFor(kind, meant ?? "audit");
}
