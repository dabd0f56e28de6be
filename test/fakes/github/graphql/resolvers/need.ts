import type { Permission } from "../../server/access.ts";
import { FieldError } from "../errors.ts";
import type { Context } from "./fields.ts";

/** Refuses a field for which the token has no permission. */
export function need({ access }: Context, permission: Permission): void {
  if (!access.allows(permission)) throw new FieldError("FORBIDDEN", access.refusal, { saml_failure: false });
}
