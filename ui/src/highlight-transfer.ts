import type { Attachment } from "svelte/attachments";

import type { Session } from "./session.svelte";

/** Highlights both ends of a transfer while one of them is hovered or focused. */
export function wired(session: Session, number: number | undefined): Attachment {
  return (end) => {
    if (number === undefined) return;
    const light = () => (session.lit = number);
    const dim = () => (session.lit = null);
    end.addEventListener("pointerenter", light);
    end.addEventListener("pointerleave", dim);
    end.addEventListener("focusin", light);
    end.addEventListener("focusout", dim);
    return () => {
      end.removeEventListener("pointerenter", light);
      end.removeEventListener("pointerleave", dim);
      end.removeEventListener("focusin", light);
      end.removeEventListener("focusout", dim);
    };
  };
}
