import type { Attachment } from "svelte/attachments";

import type { Session } from "./session.svelte";

/** Highlights both ends of a transfer while either end is hovered or focused. */
export function highlights(session: Session, number: number | undefined): Attachment {
  return (end) => {
    if (number === undefined) return;
    const listeners = [
      ["pointerenter", number],
      ["focusin", number],
      ["pointerleave", null],
      ["focusout", null],
    ] as const;
    const aborter = new AbortController();
    for (const [event, highlighted] of listeners)
      end.addEventListener(event, () => (session.highlighted = highlighted), aborter);
    return () => aborter.abort();
  };
}
