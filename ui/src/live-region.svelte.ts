/** The text that screen readers announce. */
export class LiveRegion {
  /** The last announcement. Each announcement is a new object, even for the same text. */
  said = $state.raw<{ text: string } | null>(null);
  /** The sentences that are announced together, so that none interrupts another. */
  private readonly next = new Set<string>();

  say(sentence: string): void {
    if (this.next.size === 0) setTimeout(() => this.announce());
    this.next.add(sentence);
  }

  private announce(): void {
    const join = (text: string, next: string) => `${text}${/[.?!]$/.test(text) ? "" : "."} ${next}`;
    this.said = { text: [...this.next].reduce(join) };
    this.next.clear();
  }
}
