import { z } from "zod";
import { secret } from "../../src/config/scalars.ts";

export const exampleConfig = z.strictObject({
  collector: z.literal("example"),
  url: z.url({ protocol: /^https?$/ }).describe("Address of the server, such as https://ci.example.com."),
  token: secret("Token with permission to read deployments."),
});

export type ExampleConfig = z.output<typeof exampleConfig>;
