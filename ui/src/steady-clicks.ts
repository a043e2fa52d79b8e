/** The maximum time in milliseconds between the two clicks of a double click. */
const DOUBLE_CLICK = 400;

/** The maximum distance in pixels between the two clicks of a double click. */
const NEAR = 5;

/** A drag outside the window never ends, so views are held for at most this many milliseconds. */
const LONGEST_PRESS = 1000;

interface Click {
  at: number;
  x: number;
  y: number;
  control: Element;
}

/** Returns the control that a click activates. A label activates its control. */
function controlOf(target: EventTarget | null): Element | null {
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
  let last: Click | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function press(): void {
    hold(true);
    clearTimeout(timer);
    timer = setTimeout(() => hold(false), LONGEST_PRESS);
  }

  /** The click event follows, so the page may change only after it. */
  function release(): void {
    clearTimeout(timer);
    timer = setTimeout(() => hold(false));
  }

  function click(event: MouseEvent): void {
    // The keyboard also causes click events.
    if (event.detail === 0) return;
    const control = controlOf(event.target);
    const now = { at: event.timeStamp, x: event.clientX, y: event.clientY };
    const moved =
      last !== null &&
      control !== null &&
      !isSame(last.control, control) &&
      now.at - last.at < DOUBLE_CLICK &&
      Math.hypot(now.x - last.x, now.y - last.y) < NEAR;
    if (moved) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    last = control && !moved ? { ...now, control } : null;
  }

  /** A click after the pointer or the user was elsewhere isn't part of a double click. */
  function move({ clientX, clientY }: PointerEvent): void {
    if (last && Math.hypot(clientX - last.x, clientY - last.y) >= NEAR) last = null;
  }
  const leave = () => (last = null);

  page.addEventListener("pointermove", move, true);
  page.defaultView?.addEventListener("blur", leave);
  page.addEventListener("pointerdown", press, true);
  page.addEventListener("pointerup", release, true);
  page.addEventListener("pointercancel", release, true);
  page.addEventListener("click", click, true);
  return () => {
    page.removeEventListener("pointermove", move, true);
    page.defaultView?.removeEventListener("blur", leave);
    page.removeEventListener("pointerdown", press, true);
    page.removeEventListener("pointerup", release, true);
    page.removeEventListener("pointercancel", release, true);
    page.removeEventListener("click", click, true);
    clearTimeout(timer);
    hold(false);
  };
}
