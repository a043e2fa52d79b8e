/** The text that screen readers announce. */
export class LiveRegion {
  /** The last sentence. Each announcement creates a new object, even for the same sentence. */
  said = $state.raw<{ text: string } | null>(null);

  say(text: string): void {
    this.said = { text };
  }
}
