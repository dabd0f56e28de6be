import { halfOf, type Sent } from "./send.ts";

/** What becomes of an answer on its way, whoever gave it. */
export const badGateway = (whole: Sent): Sent => ({
  ...whole,
  status: 502,
  text: "<html>Bad gateway</html>",
});

export const unavailable = (whole: Sent): Sent => ({
  ...whole,
  status: 503,
  headers: { "retry-after": "0" },
  text: "",
});

/** The connection breaks after half of the body. */
export const cut = (whole: Sent): Sent => ({ ...whole, breakAfter: 0 });

/** A whole answer whose JSON ends too early. */
export const truncated = (whole: Sent): Sent => ({ ...whole, text: halfOf(whole.text) });

export const loginPage = (whole: Sent): Sent => ({
  ...whole,
  headers: { "content-type": "text/html" },
  text: "<html>Log in</html>",
});
