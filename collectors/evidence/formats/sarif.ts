import { z } from "zod";
import type { Json } from "../../contract.ts";
import { said, shaped } from "../json.ts";

/**
 * What is kept of SARIF 2.1.0: tools with the levels and severities of their rules, the revision, whether the run succeeded,
 * and of each result its rule, level and first place. Messages, code flows and fixes are left out.
 */
const rule = z.object({
  id: said,
  defaultConfiguration: z.object({ level: said.nullish() }).nullish(),
  properties: z
    .object({
      tags: z.array(said).nullish(),
      "security-severity": z.union([said, z.number()]).nullish(),
    })
    .nullish(),
});

const component = z.object({
  name: said,
  version: said.nullish(),
  semanticVersion: said.nullish(),
  rules: z.array(rule).nullish(),
});

const place = z.object({
  physicalLocation: z
    .object({
      artifactLocation: z.object({ uri: said.nullish() }).nullish(),
      region: z.object({ startLine: z.number().nullish() }).nullish(),
    })
    .nullish(),
});

const result = z.object({
  ruleId: said.nullish(),
  ruleIndex: z.number().int().nullish(),
  rule: z.object({ id: said.nullish(), index: z.number().int().nullish() }).nullish(),
  kind: said.nullish(),
  level: said.nullish(),
  baselineState: said.nullish(),
  suppressions: z.array(z.object({ kind: said.nullish(), status: said.nullish() })).nullish(),
  locations: z
    .array(z.unknown())
    .nullish()
    .transform((places) => place.nullish().catch(null).parse(places?.[0])),
});

const sarif = z.object({
  version: z.literal("2.1.0", { error: "expected version 2.1.0" }),
  runs: z.array(
    z.object({
      tool: z.object({ driver: component, extensions: z.array(component).nullish() }),
      automationDetails: z.object({ id: said.nullish() }).nullish(),
      versionControlProvenance: z
        .array(
          z.object({ repositoryUri: said.nullish(), revisionId: said.nullish(), branch: said.nullish() }),
        )
        .nullish(),
      invocations: z
        .array(z.object({ executionSuccessful: z.boolean().nullish(), endTimeUtc: said.nullish() }))
        .nullish(),
      results: z.array(result).nullish(),
    }),
  ),
});

export const sarifReport = (value: Json, text: string): Json => shaped(sarif, value, text, "SARIF") as Json;
