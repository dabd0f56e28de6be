import { z } from "zod";
import { configSchema } from "../src/config/schema.ts";

/** JSON Schema of quarterdeck.yaml, for editors. */
export function configurationSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, { io: "input" });
  return JSON.stringify({ $schema, title: "quarterdeck.yaml", ...schema }, null, 2);
}
