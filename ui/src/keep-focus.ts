/** Elements that the user can reach with the Tab key. */
const CONTROLS = "a[href], button, input, select, textarea, summary";

/** Parts of a page. If possible, the focus stays inside the same part. */
const PARTS = "dialog, form, section, [tabindex='-1']";

/**
 * An element that had the focus. Its position is recorded, so that it's known after the element is
 * removed.
 */
interface Held {
  element: Element;
  /** The controls before the element, nearest first. */
  before: Element[];
  /** The parts that contain the element, innermost first. */
  parts: Element[];
}

/**
 * Keeps the focus on the page when the focused control is removed after it was used. The focus
 * moves to the next control in the same part of the page. When a dialog closes, the focus returns
 * to where the control that opened the dialog was. Returns a function that turns this off.
 */
export function keepFocus(page: Document): () => void {
  let held: Held | null = null;
  /** The control that opened the dialog that has the focus. */
  let opener: Held | null = null;
  const isLost = () =>
    held !== null &&
    !held.element.isConnected &&
    (page.activeElement === null || page.activeElement === page.body);

  function hold({ target }: FocusEvent): void {
    if (!(target instanceof Element)) return;
    const dialog = target.closest("dialog");
    if (!dialog) opener = null;
    else if (held && !held.element.closest("dialog")) opener = held;
    held = {
      element: target,
      before: [...page.querySelectorAll(CONTROLS)].filter((one) => follows(target, one)).reverse(),
      parts: ancestors(target).filter((one) => one.matches(PARTS)),
    };
  }

  /** Handles a click that isn't on any control. */
  function leave({ target, relatedTarget }: FocusEvent): void {
    if (relatedTarget) return;
    setTimeout(() => {
      if (held?.element === target && held.element.isConnected && page.activeElement === page.body)
        held = null;
    });
  }

  function restore(): void {
    // If a step sets the focus itself, it does so before this callback runs.
    setTimeout(() => {
      if (!isLost() || !held) return;
      const lost = opener && !page.querySelector("dialog[open]") ? opener : held;
      held = null;
      next(page, lost)?.focus();
    });
  }

  const observer = new MutationObserver(() => {
    if (isLost()) restore();
  });
  observer.observe(page.body, { childList: true, subtree: true });
  page.addEventListener("focusin", hold);
  page.addEventListener("focusout", leave);
  return () => {
    observer.disconnect();
    page.removeEventListener("focusin", hold);
    page.removeEventListener("focusout", leave);
  };
}

/**
 * Returns the control to focus: the next control in the same part, or else the previous control.
 */
function next(page: Document, { before, parts }: Held): HTMLElement | null | undefined {
  const main = page.querySelector("dialog[open], main") ?? page.body;
  const previous = before.find((one) => one.isConnected);
  const comesNext = (one: Element) => !previous || follows(one, previous);
  for (const part of parts.filter((one) => main.contains(one))) {
    const controls = reachable(part);
    const found = controls.find(comesNext) ?? controls.at(-1);
    if (found) return found;
  }
  return reachable(main).find(comesNext) ?? page.querySelector<HTMLElement>("h1");
}

const follows = (element: Element, other: Element): boolean =>
  (other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

function ancestors(element: Element): Element[] {
  const { parentElement } = element;
  return parentElement ? [parentElement, ...ancestors(parentElement)] : [];
}

const reachable = (part: Element): HTMLElement[] =>
  [...part.querySelectorAll<HTMLElement>(CONTROLS)].filter(
    (element) =>
      !element.matches(":disabled, details:not([open]) > :not(summary:first-of-type) *") &&
      (element.checkVisibility?.() ?? true),
  );
