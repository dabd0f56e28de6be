import { afterEach, describe, expect, it } from "vitest";
import { CATALOGUE, ENGLISH } from "../../../src/site/text/catalogue.ts";
import { markedUp } from "../../../src/site/text/markup.ts";
import { t } from "../../../src/site/text/message.ts";
import { unitKind } from "../../../src/site/words/values.ts";

afterEach(() => {
  CATALOGUE.current = undefined;
});

describe("messages of the catalogue", () => {
  it("are in English unless a build says otherwise", () => {
    expect(t("layout.skip")).toBe("Skip to content");
    CATALOGUE.current = { locale: "de", messages: { ...ENGLISH.messages, "layout.skip": "Zum Inhalt" } };
    expect(t("layout.skip")).toBe("Zum Inhalt");
  });

  it("link with words of their own, and escape what is filled in", () => {
    const hostile = { values: { team: "<script>alert(1)</script>" }, links: { link: 'x"onclick="alert(1)' } };
    expect(markedUp("service.owner", hostile)).toBe(
      "Owned by <a href=\"x&quot;onclick=&quot;alert(1)\">&lt;script&gt;alert(1)&lt;/script&gt;</a>.",
    );
  });

  it("keep the words of a link that leads nowhere", () => {
    expect(markedUp("service.owner", { values: { team: "Channels" }, links: { link: null } })).toBe("Owned by Channels.");
  });

  it("take markup of a component for a brace, and take none from a translation", () => {
    CATALOGUE.current = { locale: "de", messages: { ...ENGLISH.messages, "service.owner": "<b>Team</b> {team} &lt;i&gt;<link>x</link>" } };
    expect(markedUp("service.owner", { slots: { team: "<time>1</time>" }, links: { link: "a.html" } })).toBe(
      '<strong>Team</strong> <time>1</time> &amp;lt;i&amp;gt;<a href="a.html">x</a>',
    );
  });

  it("stand for the fixed words of SQL, and leave others as they are", () => {
    CATALOGUE.current = { locale: "de", messages: { ...ENGLISH.messages, "unit.change-request": "Änderungsantrag" } };
    expect(["change_request", "constructor"].map(unitKind)).toEqual(["Änderungsantrag", "constructor"]);
  });

  it("hold a clause that only some numbers bring, with its punctuation", () => {
    const runs = { runs: 1234, failed: 0, unknown: 0 };
    const of = "1,234 suite runs of the commit or artifact that was deployed:";
    expect(t("test-section.note", runs)).toBe(`${of} none failed.`);
    expect(t("test-section.note", { ...runs, failed: 1, unknown: 2 })).toBe(`${of} 1 failed, 2 without a known outcome.`);
    const unapproved = { changes: "#7 not reviewed", more: 0 };
    expect(t("approval-section.unapproved", unapproved)).toBe("#7 not reviewed.");
    expect(t("approval-section.unapproved", { ...unapproved, more: 3 })).toBe("#7 not reviewed and 3 more.");
  });
});
