import type { Secret } from "../../src/config/secret.ts";

/** Who asks. The value is made for each request and kept nowhere. */
export interface Authorization {
  /** Where it is configured: what may be said of it. */
  readonly label: string;
  /** Name of the header; `authorization`, where nothing is said. */
  readonly name?: string;
  readonly header: () => string;
}

/** `Bearer <token>`, or another word before it, such as PagerDuty's `Token token=`. */
export const token = (secret: Secret, before = "Bearer "): Authorization => ({
  label: `the token in ${secret.variable}`,
  header: () => before + secret.reveal(),
});

export const basic = (user: string, password: Secret): Authorization => ({
  label: `the password of ${user} in ${password.variable}`,
  header: () => `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString("base64")}`,
});

/** A key in a header of its own. */
export const key = (secret: Secret, name: string): Authorization => ({
  label: `the key in ${secret.variable}`,
  name,
  header: () => secret.reveal(),
});
