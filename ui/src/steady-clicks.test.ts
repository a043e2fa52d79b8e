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

/** Clicks. The browser counts the quick clicks in the same place. */
const click = (element: Element, detail: number) =>
  element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail }));

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

it("ignores the rest of a double click that hits another control", () => {
  click(button("enforce"), 1);
  const other = button("remove");
  click(other, 2);
  click(other, 3);
  expect(clicked).toEqual(["enforce"]);
});

it("accepts single clicks and the keyboard", () => {
  click(button("one"), 1);
  click(button("two"), 1);
  click(button("key"), 0);
  expect(clicked).toEqual(["one", "two", "key"]);
});

it("accepts a double click on the same button, even in a new page", () => {
  const first = button("continue");
  click(first, 1);
  click(first, 2);
  first.remove();
  click(button("continue"), 3);
  expect(clicked).toEqual(["continue", "continue", "continue"]);
});

it("treats a label and its box as one control", () => {
  const label = document.body.appendChild(document.createElement("label"));
  const box = label.appendChild(document.createElement("input"));
  box.type = "checkbox";
  click(label, 1);
  click(box, 2);
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
