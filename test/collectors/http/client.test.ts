import { describe, expect, test } from "vitest";
import { basic, token } from "../../../collectors/http/authorization.ts";
import { HttpClient, type HttpOptions } from "../../../collectors/http/client.ts";
import { nothingAsked } from "../../../collectors/contract.ts";
import { Secret } from "../../../src/config/secret.ts";
import { SourceError } from "../../../src/errors.ts";

const URL_OF_API = "https://api.example.com/v1";
const secret = new Secret("KEY");
secret.resolve({ KEY: "open sesame" });

interface Sent {
  readonly url: string;
  readonly authorization: string | null;
}

/** A client whose server gives these answers, one after another, the last again and again. */
function clientOf(answers: readonly (() => Response)[], options: Partial<HttpOptions> = {}) {
  const sent: Sent[] = [];
  const requests: unknown[] = [];
  const waits: number[] = [];
  const client = new HttpClient(
    { source: "example", vendor: "Example", url: URL_OF_API, authorization: token(secret), ...options },
    {
      fetch: (input, init) => {
        const answer = answers[Math.min(sent.length, answers.length - 1)];
        sent.push({
          url: input instanceof URL ? input.href : "",
          authorization: new Headers(init?.headers).get("authorization"),
        });
        const headers = Object.fromEntries(new Headers(init?.headers));
        requests.push({ method: init?.method, body: init?.body, headers });
        return Promise.resolve().then(() => answer!());
      },
      sleep: (seconds) => {
        waits.push(seconds);
        return Promise.resolve();
      },
    },
  );
  const usage = nothingAsked();
  client.reportTo({ report: () => undefined, usage });
  return { client, sent, requests, waits, usage };
}

const ok = () => Response.json({ ok: true });
const status =
  (code: number, headers: Record<string, string> = {}, body = "{}") =>
  () =>
    new Response(body, { status: code, headers: { "content-type": "application/json", ...headers } });

describe("what passes is tried again", () => {
  const date = "Mon, 05 Jan 2026 08:00:00 GMT";
  test.for([
    ["429 with seconds to wait", status(429, { "retry-after": "7" }), 7],
    [
      "429 until an instant of the server's clock",
      status(429, { "retry-after": "Mon, 05 Jan 2026 08:00:09 GMT", date }),
      9,
    ],
    ["429 with the end of the minute", status(429, { "ratelimit-reset": "3" }), 3],
    [
      "429 with the end of the minute in seconds since 1970",
      status(429, { "ratelimit-reset": String(Date.parse("2026-01-05T08:00:20Z") / 1000), date }),
      20,
    ],
    [
      "429 with the date at which the window ends, by the server's clock",
      status(429, { "x-ratelimit-reset": "2026-01-05T08:00:20Z", date }),
      20,
    ],
    [
      "429 with a number that may be an instant or a duration",
      status(429, { "x-ratelimit-reset": "45" }),
      10,
    ],
    ["429 without a word on how long", status(429), 10],
    ["408", status(408), 1],
    ["429 that asks for a day", status(429, { "retry-after": "86400" }), 3660],
    ["503", status(503, {}, ""), 1],
    ["JSON that ends too early", status(200, {}, '{"ok": tr'), 1],
    ["JSON that ends before it begins", status(200, {}, ""), 1],
    [
      "a connection that breaks",
      () => {
        throw new TypeError("fetch failed");
      },
      1,
    ],
    [
      "no answer in time",
      () => {
        throw new DOMException("late", "TimeoutError");
      },
      1,
    ],
  ] as const)("%s", async ([, answer, wait]) => {
    const { client, waits, usage } = clientOf([answer, ok]);
    expect((await client.get("/things")).body).toEqual({ ok: true });
    expect(waits).toEqual([wait]);
    expect(usage).toEqual({ calls: 2, retries: 1, waited: wait });
  });

  test("and waited for longer each time, even where the server says 0", async () => {
    const { client, waits } = clientOf([status(429, { "retry-after": "0" })]);
    await expect(client.get("/things")).rejects.toMatchObject({
      failure: "rate",
      message: expect.stringContaining("the next run goes on from here") as string,
    });
    expect(waits).toEqual([0, 2, 4, 8, 16, 30, 30, 30]);
  });

  test("503 that says for how long is a limit too", async () => {
    const { client, waits } = clientOf([status(503, { "retry-after": "5" })]);
    await expect(client.get("/things")).rejects.toMatchObject({ failure: "rate" });
    expect(waits).toEqual([5, 5, 5, 8, 16, 30, 30, 30]);
  });

  test("up to nine times, and then said", async () => {
    const { client, sent } = clientOf([status(502)]);
    await expect(client.get("/things")).rejects.toThrow(
      "no good answer from https://api.example.com/v1 after 9 tries, at last status 502: the next run goes on from here",
    );
    expect(sent).toHaveLength(9);
  });
});

describe("what stays is said at once", () => {
  test.for([
    [401, "auth", "the token in KEY is not accepted by Example: it is wrong, expired or revoked"],
    [403, "auth", "the token in KEY may not read /things"],
    [404, "missing", "/things: answered with status 404. Is url the address of the API?"],
    [410, "schema", "/things: answered with status 410"],
  ] as const)("status %i", async ([code, failure, words]) => {
    const { client, sent } = clientOf([status(code)]);
    const error = await client.get("/things").catch((one: unknown) => one);
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({
      source: "example",
      failure,
      message: expect.stringContaining(words) as string,
    });
    expect(sent).toHaveLength(1);
  });

  test("an expected status is an answer", async () => {
    const { client } = clientOf([status(404)]);
    expect((await client.get("/things/1", {}, [404])).status).toBe(404);
  });

  test("a page for people", async () => {
    const { client } = clientOf([status(200, { "content-type": "text/html" }, "<html>")]);
    await expect(client.get("/things")).rejects.toThrow(
      "does not answer in JSON: set url to the address of Example's API",
    );
  });
});

describe("the token", () => {
  test.for([
    ["Bearer", token(secret), "Bearer open sesame"],
    ["a word of the vendor's", token(secret, "Token token="), "Token token=open sesame"],
    ["user and password", basic("ada", secret), `Basic ${Buffer.from("ada:open sesame").toString("base64")}`],
  ] as const)("as %s", async ([, authorization, header]) => {
    const { client, sent } = clientOf([ok], { authorization });
    await client.get("/things", { "of[]": ["a", "b"], limit: 2, none: undefined });
    expect(sent).toEqual([
      { url: "https://api.example.com/v1/things?of%5B%5D=a&of%5B%5D=b&limit=2", authorization: header },
    ]);
  });

  test("follows a redirect on its own origin only", async () => {
    const within = clientOf([() => Response.redirect("https://api.example.com/v2/things", 302), ok]);
    await within.client.get("/things");
    expect(within.sent.map(({ url }) => url)).toEqual([
      "https://api.example.com/v1/things",
      "https://api.example.com/v2/things",
    ]);
    const away = clientOf([() => Response.redirect("https://evil.example.net/", 302), ok]);
    await expect(away.client.get("/things")).rejects.toThrow(
      "sends on to https://evil.example.net, where the token must not go",
    );
    expect(away.sent).toHaveLength(1);
  });

  test("stands in no error", async () => {
    const { client } = clientOf([
      () => {
        throw new TypeError("open sesame");
      },
    ]);
    const error = await client.get("/things").then(
      () => new Error("none"),
      (one: unknown) => one as Error,
    );
    expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain("open sesame");
  });
});

test("the body of a redirect is not left open", async () => {
  const closed: string[] = [];
  const body = new ReadableStream({ cancel: () => void closed.push("body") });
  const redirect = () => new Response(body, { status: 302, headers: { location: "/v2/things" } });
  await clientOf([redirect, ok]).client.get("/things");
  expect(closed).toEqual(["body"]);
});

describe("a question", () => {
  const usual = { accept: "application/json", authorization: "Bearer open sesame" };

  test("with a body is sent as JSON, each time it is asked", async () => {
    const { client, requests } = clientOf([status(408), ok]);
    await client.ask({ place: "/search", method: "POST", body: { jql: "project = 1" } });
    const one = {
      method: "POST",
      body: '{"jql":"project = 1"}',
      headers: { ...usual, "content-type": "application/json" },
    };
    expect(requests).toEqual([one, one]);
  });

  test("without one says nothing of its kind, and carries what every request carries", async () => {
    const { client, requests } = clientOf([ok], { headers: { "user-agent": "quarterdeck" } });
    await client.get("/things");
    const headers = { ...usual, "user-agent": "quarterdeck" };
    expect(requests).toEqual([{ method: "GET", body: null, headers }]);
  });
});
