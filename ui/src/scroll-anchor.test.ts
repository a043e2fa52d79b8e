import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { reveal, ScrollAnchor } from "./scroll-anchor";

/** The height of the window. */
const WINDOW = 800;

let stop: () => void;
let anchor: ScrollAnchor;
/** The heights of the elements on the page, from top to bottom. */
let heights: Map<Element, number>;
let scrolled: number;

/** Adds an element of this height to the end of the page. */
function add(tag: string, height: number): HTMLElement {
  const element = content().appendChild(document.createElement(tag));
  heights.set(element, height);
  return element;
}

const content = (): HTMLElement => document.querySelector(".main__in")!;
const natural = (): number =>
  [...content().children].reduce((sum, one) => sum + (heights.get(one) ?? 0), 0);
const pageHeight = (): number => Math.max(natural(), parseFloat(content().style.minHeight) || 0);

function topOf(element: Element): number {
  let top = -scrolled;
  for (const one of content().children) {
    if (one.contains(element)) return top;
    top += heights.get(one) ?? 0;
  }
  return top;
}

/** Like a browser, limits the position when the page gets shorter. */
const clamp = (): void => {
  scrolled = Math.max(0, Math.min(scrolled, pageHeight() - WINDOW));
};

async function update(change: () => void): Promise<void> {
  anchor.hold(
    Promise.resolve().then(() => {
      change();
      clamp();
    }),
  );
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
}

beforeEach(() => {
  document.body.innerHTML = `<div class="main__in"></div>`;
  heights = new Map();
  scrolled = 0;
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (
    this: HTMLElement,
  ) {
    const height = this === content() ? pageHeight() : (heights.get(this) ?? 0);
    return { top: topOf(this), height } as DOMRect;
  });
  vi.spyOn(document.documentElement, "scrollHeight", "get").mockImplementation(pageHeight);
  vi.stubGlobal("innerHeight", WINDOW);
  vi.spyOn(window, "scrollY", "get").mockImplementation(() => scrolled);
  vi.spyOn(window, "scrollBy").mockImplementation((...by: unknown[]) => {
    scrolled += Number(by[1]);
    clamp();
  });
  anchor = new ScrollAnchor(document);
  stop = anchor.follow();
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A page whose last control is a checkbox above a note, at the bottom of the window. */
function pageWithBox(): { banner: HTMLElement; box: HTMLElement; note: HTMLElement } {
  const banner = add("p", 100);
  add("p", 1000);
  const box = add("input", 30);
  box.setAttribute("type", "checkbox");
  const note = add("p", 98);
  scrolled = pageHeight() - WINDOW;
  return { banner, box, note };
}

it("keeps the clicked control in place when content above it grows", async () => {
  const { banner, box } = pageWithBox();
  box.click();
  const before = topOf(box);
  await update(() => heights.set(banner, 198));
  expect(topOf(box)).toBe(before);
});

it("keeps the last control of a page in place when the page shrinks", async () => {
  const { note, box } = pageWithBox();
  box.click();
  const before = topOf(box);
  await update(() => heights.set(note, 0));
  expect(topOf(box)).toBe(before);
});

it("gives up the reserved height when the user scrolls away", async () => {
  const { note, box } = pageWithBox();
  box.click();
  await update(() => heights.set(note, 0));
  expect(pageHeight()).toBeGreaterThan(natural());
  scrolled = 0;
  document.dispatchEvent(new Event("scroll"));
  expect(pageHeight()).toBe(natural());
});

it("keeps what contained the control in place when the control is removed", async () => {
  const { banner } = pageWithBox();
  const panel = add("section", 200);
  const button = panel.appendChild(document.createElement("button"));
  button.click();
  const before = topOf(panel);
  await update(() => {
    button.remove();
    heights.set(banner, 150);
  });
  expect(topOf(panel)).toBe(before);
});

it("keeps the focused text box in place", async () => {
  const { banner, box } = pageWithBox();
  box.click();
  const text = add("textarea", 60);
  text.focus();
  const before = topOf(text);
  await update(() => heights.set(banner, 150));
  expect(topOf(text)).toBe(before);
});

it("shows a new result instead of keeping the text box in place", async () => {
  const { banner } = pageWithBox();
  const text = add("textarea", 60);
  text.focus();
  banner.scrollIntoView = () => (scrolled = 0);
  await update(() => {
    heights.set(banner, 300);
    reveal(banner, "start");
  });
  expect(scrolled).toBe(0);
});
