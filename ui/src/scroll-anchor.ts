import { controlOf } from "./steady-clicks";

/** The number of times that the app scrolled to something new. */
let revealed = 0;

/** Scrolls to an element that the user should see now. Nothing else stays in place. */
export function reveal(element: Element | null | undefined, block: ScrollLogicalPosition): void {
  revealed += 1;
  element?.scrollIntoView({ block });
}

/** The part of the page that belongs to the current step. */
const CONTENT = ".main__in";

/**
 * Keeps the control that the user is using in the same place while the page changes. WebKit doesn't
 * support scroll anchoring, so a message that appears above the control would move another control
 * under the pointer.
 */
export class ScrollAnchor {
  /** The control that the user clicked last, and the elements that contain it. */
  private used: Element[] = [];
  private readonly page: Document;

  constructor(page: Document) {
    this.page = page;
  }

  /** Follows the user's clicks. Returns a function that turns this off. */
  follow(): () => void {
    const click = ({ target }: Event): void => {
      this.used = within(controlOf(target));
    };
    const scroll = (): void => this.release();
    this.page.addEventListener("click", click, true);
    this.page.addEventListener("scroll", scroll);
    return () => {
      this.page.removeEventListener("click", click, true);
      this.page.removeEventListener("scroll", scroll);
    };
  }

  /** Scrolls after an update of the page, so that the control stays where it is. */
  hold(updated: Promise<void>): void {
    const places = this.anchors().map((element) => ({ element, top: topOf(element) }));
    const known = revealed;
    void updated.then(() => {
      if (known !== revealed) return;
      // If the update removes the control, what contained the control stays in place.
      const place = places.find(({ element }) => element.isConnected);
      if (place) this.scrollBy(topOf(place.element) - place.top);
    });
  }

  /** The focused text box, or else the last used control, with the elements that contain it. */
  private anchors(): Element[] {
    const focused = this.page.activeElement;
    if (focused instanceof HTMLInputElement && TYPED.has(focused.type)) return [focused];
    if (focused instanceof HTMLTextAreaElement) return [focused];
    return this.used.filter((element) => element.isConnected);
  }

  private scrollBy(distance: number): void {
    if (distance === 0) return;
    const content = this.page.querySelector<HTMLElement>(CONTENT);
    const lacks = distance - this.below();
    // The page became too short to scroll this far.
    if (content && lacks > 0)
      content.style.minHeight = `${content.getBoundingClientRect().height + lacks}px`;
    window.scrollBy(0, distance);
  }

  /** Gives up the height that kept a control in place, as far as it's out of view. */
  private release(): void {
    const content = this.page.querySelector<HTMLElement>(CONTENT);
    if (!content?.style.minHeight) return;
    const height = parseFloat(content.style.minHeight) - Math.max(0, this.below());
    content.style.minHeight = height > 0 ? `${height}px` : "";
  }

  /** The height of the page below the window. */
  private below(): number {
    const { scrollHeight } = this.page.documentElement;
    return scrollHeight - window.innerHeight - window.scrollY;
  }
}

/** The types of inputs that the user types into. */
const TYPED: ReadonlySet<string> = new Set(["text", "email", "url", "search", "password"]);

const topOf = (element: Element): number => element.getBoundingClientRect().top;

/** Returns an element and the elements that contain it, up to the content of the step. */
function within(element: Element | null): Element[] {
  const found: Element[] = [];
  for (let one = element; one && !one.matches(CONTENT); one = one.parentElement) found.push(one);
  return found.length > 0 && element?.closest(CONTENT) ? found : [];
}
