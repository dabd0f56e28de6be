import { z } from "zod";
import { secret, serverAddress } from "../../src/config/scalars.ts";

export const exampleConfig = z.strictObject({
  collector: z.literal("example"),
  url: serverAddress.describe("Address of the server, such as https://ci.example.com."),
  token: secret("Token with permission to read deployments."),
});

export type ExampleConfig = z.output<typeof exampleConfig>;
