import type { CopyableValue, Failure, TransferView } from "./bindings";
import type { Session } from "./session.svelte";
import { t } from "./words";

/** Copies values, and records the transfers that were copied since the window opened. */
export class Clipboard {
  /** Whether the clipboard is emptied after a response is pasted from it. */
  emptiesItself = $state(false);
  /** The copy button that shows "Copied". Each copy creates a new object. */
  private latest = $state.raw<{ button: string } | null>(null);
  private copied = $state.raw<ReadonlySet<string>>(new Set());
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  /** The name of the button that shows "Copied". */
  get button(): string | undefined {
    return this.latest?.button;
  }

  /** Copies a value. If the value belongs to a transfer, announces where to paste it. */
  async copy(what: CopyableValue, button: string): Promise<Failure | null> {
    const failure = await this.session.request(({ copy }) => copy(what));
    const transfers = this.session.view?.setup ? this.session.step.transfers : [];
    const same = transfers.find((one) => JSON.stringify(one.copy) === JSON.stringify(what));
    if (!failure) this.show(button, same);
    return failure;
  }

  async copyTransfer(transfer: TransferView): Promise<Failure | null> {
    const failure = await this.session.request(({ copy }) => copy(transfer.copy));
    if (failure) return failure;
    this.copied = new Set([...this.copied, this.key(transfer)]);
    this.show(transferButton(transfer), transfer);
    return null;
  }

  private show(button: string, transfer?: TransferView): void {
    this.latest = { button };
    this.session.say(
      transfer
        ? t("copied-says", { label: labelOf(transfer), side: t(`side-${transfer.to_side}`) })
        : t("copied-plain"),
    );
  }

  async empty(): Promise<Failure | null> {
    const failure = await this.session.request(({ emptyClipboard }) => emptyClipboard());
    if (failure) return failure;
    this.forgetButton();
    this.session.say(t("dry-run-clipboard-done"));
    return null;
  }

  forgetButton(): void {
    this.latest = null;
  }

  /**
   * Returns whether this value was copied for this transfer. After the value changes, it doesn't
   * count as copied.
   */
  isCopied(transfer: TransferView): boolean {
    return this.copied.has(this.key(transfer));
  }

  private key({ number, value }: TransferView): string {
    const { id, current } = this.session.setup;
    return JSON.stringify([id, current, number, value]);
  }
}

/** All cells of a column have the same label, so the value of a mapping names itself. */
const labelOf = ({ copy, value, to_label }: TransferView): string =>
  (copy.kind.startsWith("mapping") && value) || t(to_label);

/** The name of a transfer's copy button. */
export const transferButton = ({ number, to_label }: TransferView): string =>
  `${number} ${to_label}`;
