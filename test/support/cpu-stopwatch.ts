/** Milliseconds of work of this process since a start: unlike time on the clock it does not depend on what else the machine does. */
export class CpuStopwatch {
  readonly #start = process.cpuUsage();

  get milliseconds(): number {
    const { user, system } = process.cpuUsage(this.#start);
    return (user + system) / 1000;
  }
}
