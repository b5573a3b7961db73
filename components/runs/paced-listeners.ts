/** Tells its listeners at once after a silence, and at most once a frame while much happens. */
export class PacedListeners {
  private readonly listeners = new Set<() => void>();
  /** Between a telling and the next frame: what happens meanwhile is held back. */
  private resting = false;
  private untold = false;
  private version = 0;

  /** `schedule` runs its argument once, soon: the next animation frame in a browser. */
  constructor(private readonly schedule: (tell: () => void) => void) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes with each telling, however much it stands for. */
  getVersion = (): number => this.version;

  /** Something has changed. */
  tell(): void {
    this.untold = this.resting;
    if (this.resting) return;
    this.resting = true;
    this.schedule(() => {
      this.resting = false;
      if (this.untold) this.tell();
    });
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
