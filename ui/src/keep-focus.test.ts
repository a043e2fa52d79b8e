import { afterEach, beforeEach, expect, it } from "vitest";

import { keepFocus } from "./keep-focus";

let stop = () => {};
beforeEach(() => void (stop = keepFocus(document)));
afterEach(() => stop());

const one = (id: string) => document.getElementById(id)!;
const focused = () => document.activeElement?.id ?? "";

function page(html: string): void {
  document.body.innerHTML = `<main><h1 id="h1" tabindex="-1">Step</h1>${html}</main>`;
}

const button = (id: string) => `<button id="${id}">${id}</button>`;

it.each([
  ["the next control", `<section>${button("used")}${button("next")}</section>`, "next"],
  ["the new control in its place", `<section>${button("used")}<i></i></section>`, "new"],
  ["the control before it", `<section>${button("before")}${button("used")}</section>`, "before"],
  [
    "the same part",
    `<section>${button("before")}${button("used")}</section>${button("after")}`,
    "before",
  ],
  ["the next part", `<section>${button("used")}</section>${button("after")}`, "after"],
  ["the heading, if nothing follows", `<section>${button("used")}</section>`, "h1"],
  [
    "a control in sight",
    `<details><summary id="summary"></summary>${button("hidden")}</details>
     <section>${button("used")}</section>
     <details><p>${button("folded")}</p></details>${button("after")}`,
    "after",
  ],
])("a removed control gives the focus to %s", async (what, html, to) => {
  page(html);
  one("used").focus();
  if (what.includes("new")) document.querySelector("i")!.innerHTML = button("new");
  one("used").remove();
  await expect.poll(focused).toBe(to);
});

it("the place stays known when the part around it goes, too", async () => {
  page(`<section id="part">${button("used")}</section>${button("after")}`);
  one("used").focus();
  one("used").remove();
  one("part").remove();
  await expect.poll(focused).toBe("after");
});

it("a dialog returns the focus to the place of its removed opener", async () => {
  page(
    `<section>${button("opener")}${button("next")}</section>
     <dialog id="dialog">${button("confirm")}</dialog>${button("last")}`,
  );
  one("opener").focus();
  one("dialog").setAttribute("open", "");
  one("confirm").focus();
  one("opener").remove();
  one("dialog").removeAttribute("open");
  one("confirm").remove();
  await expect.poll(focused).toBe("next");
});

it("a control that keeps its place keeps the focus", async () => {
  page(`<section>${button("used")}${button("next")}</section>`);
  one("used").focus();
  one("next").remove();
  await new Promise((done) => setTimeout(done));
  expect(focused()).toBe("used");
});

it("nothing gets the focus after the user left the controls", async () => {
  page(`<section>${button("used")}${button("next")}</section>`);
  one("used").focus();
  one("used").blur();
  await new Promise((done) => setTimeout(done));
  one("used").remove();
  await new Promise((done) => setTimeout(done));
  expect(document.activeElement).toBe(document.body);
});

it("a focus that the step sets stays", async () => {
  page(`<section>${button("used")}${button("next")}</section>${button("chosen")}`);
  one("used").focus();
  one("used").remove();
  one("chosen").focus();
  await new Promise((done) => setTimeout(done));
  expect(focused()).toBe("chosen");
});
