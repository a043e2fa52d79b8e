import { untrack } from "svelte";

/** The text that screen readers announce. */
export class LiveRegion {
  text = $state("");

  /** Announces a sentence, even if it was also the last sentence. */
  say(sentence: string): void {
    const same = untrack(() => this.text) === sentence;
    this.text = same ? `${sentence}\u00a0` : sentence;
  }
}
