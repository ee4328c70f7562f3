/** Watches the event loop: the longest that this thread is at something before others get their turn. In its own processor time, which
 *  other processes on the machine do not lengthen. */
export class LoopWatch {
  private longest = 0;
  private before = this.read();
  private readonly timer = setInterval(() => this.look(), 1);

  /** @returns milliseconds */
  stop(): number {
    clearInterval(this.timer);
    this.look();
    return this.longest;
  }

  private look(): void {
    const now = this.read();
    this.longest = Math.max(this.longest, now - this.before);
    this.before = now;
  }

  private read(): number {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  }
}
