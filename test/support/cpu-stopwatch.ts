/** CPU time of this process since construction, which does not depend on the load of the machine as wall time does. */
export class CpuStopwatch {
  readonly #start = process.cpuUsage();

  get milliseconds(): number {
    const { user, system } = process.cpuUsage(this.#start);
    return (user + system) / 1000;
  }
}
