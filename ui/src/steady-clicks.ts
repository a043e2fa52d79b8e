/** A drag outside the window never ends, so views are held for at most this many milliseconds. */
const LONGEST_PRESS = 1000;

/** Returns the control that a click activates. A label activates its control. */
export function controlOf(target: EventTarget | null): Element | null {
  if (!(target instanceof Element)) return null;
  const label = target.closest("label");
  return label?.control ?? target.closest("a[href], button, input, select, summary, textarea");
}

/** Returns whether both are the same control, or the same button in a new page. */
function isSame(a: Element, b: Element): boolean {
  const action = a.getAttribute("data-action");
  return a === b || (action !== null && action === b.getAttribute("data-action"));
}

/**
 * Makes clicks hit what the user sees. While a pointer button is pressed, `hold(true)` asks to keep
 * the page as it is. If the first click of a double click moves another control under the pointer,
 * the second click is ignored. Returns a function that turns this off.
 */
export function steadyClicks(page: Document, hold: (held: boolean) => void): () => void {
  let last: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function press(): void {
    hold(true);
    clearTimeout(timer);
    timer = setTimeout(() => hold(false), LONGEST_PRESS);
  }

  /** The click event follows this event, so the page may change only after the click. */
  function release(): void {
    clearTimeout(timer);
    timer = setTimeout(() => hold(false));
  }

  function click(event: MouseEvent): void {
    const control = controlOf(event.target);
    // The detail is the number of quick clicks in the same place. It's 0 for the keyboard.
    if (event.detail > 1 && last && control && !isSame(last, control)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      last = control;
    }
  }

  page.addEventListener("pointerdown", press, true);
  page.addEventListener("pointerup", release, true);
  page.addEventListener("pointercancel", release, true);
  page.addEventListener("click", click, true);
  return () => {
    page.removeEventListener("pointerdown", press, true);
    page.removeEventListener("pointerup", release, true);
    page.removeEventListener("pointercancel", release, true);
    page.removeEventListener("click", click, true);
    clearTimeout(timer);
    hold(false);
  };
}
