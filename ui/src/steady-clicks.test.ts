import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { steadyClicks } from "./steady-clicks";

let stop: () => void;
const hold = vi.fn();
const clicked: string[] = [];

/** Adds a button that records its clicks. */
function button(name: string): HTMLButtonElement {
  const added = document.body.appendChild(document.createElement("button"));
  added.dataset["action"] = name;
  added.addEventListener("click", () => clicked.push(name));
  return added;
}

const click = (element: Element, at: number, x = 10, detail = 1) => {
  const event = new MouseEvent("click", { bubbles: true, clientX: x, clientY: 10, detail });
  Object.defineProperty(event, "timeStamp", { value: at });
  element.dispatchEvent(event);
};

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
  clicked.length = 0;
  hold.mockClear();
  stop = steadyClicks(document, hold);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it("ignores a second click that hits another control", () => {
  click(button("enforce"), 1000);
  click(button("remove"), 1200);
  expect(clicked).toEqual(["enforce"]);
});

it("accepts other quick clicks", () => {
  click(button("one"), 1000);
  click(button("elsewhere"), 1100, 60);
  click(button("later"), 1600, 60);
  click(button("key"), 1650, 60, 0);
  expect(clicked, "elsewhere, later, or with the keyboard").toEqual([
    "one",
    "elsewhere",
    "later",
    "key",
  ]);
});

it("accepts a double click on the same button, even in a new page", () => {
  const first = button("continue");
  click(first, 1000);
  click(first, 1100);
  first.remove();
  click(button("continue"), 1200);
  expect(clicked).toEqual(["continue", "continue", "continue"]);
});

it("accepts a quick click after the pointer or the user was elsewhere", () => {
  click(button("one"), 1000);
  document.dispatchEvent(new MouseEvent("pointermove", { clientX: 200, clientY: 10 }));
  click(button("two"), 1100);
  window.dispatchEvent(new Event("blur"));
  click(button("three"), 1200);
  expect(clicked).toEqual(["one", "two", "three"]);
});

it("treats a label and its box as one control", () => {
  const label = document.body.appendChild(document.createElement("label"));
  const box = label.appendChild(document.createElement("input"));
  box.type = "checkbox";
  click(label, 1000);
  click(box, 1100);
  expect(box.checked).toBe(false);
});

it("holds the page from press until after the click", () => {
  document.dispatchEvent(new Event("pointerdown"));
  expect(hold.mock.calls).toEqual([[true]]);
  document.dispatchEvent(new Event("pointerup"));
  expect(hold.mock.calls, "the click event is next").toEqual([[true]]);
  vi.advanceTimersByTime(0);
  expect(hold.mock.calls).toEqual([[true], [false]]);
});

it("releases the page if the pointer is never released", () => {
  document.dispatchEvent(new Event("pointerdown"));
  vi.advanceTimersByTime(1000);
  expect(hold.mock.calls).toEqual([[true], [false]]);
});
