import { MonitoringSource, TelescopeMonitoringContainer, trait, type ArrayEvent } from '@cherenkit/core';

/**
 * Corrects charges for a loss of gain that grows from day to day.
 *
 * What a source does not set, such as the pedestals, stays as the event source or an earlier monitoring source has set it. A source
 * that reads a file does so in `async prepare()`, which is called before the first event.
 */
export class TemplateComponent extends MonitoringSource.withTraits({
  start: trait.integer({
    default: 1_700_000_000,
    minimum: 0,
    help: 'When the cameras were calibrated, seconds since 1970 in TAI.',
  }),
  lossPerDay: trait.perTelescope(trait.number({ default: 0.001, minimum: 0, help: 'Relative loss of gain per day.' })),
}) {
  static override readonly help = 'Corrects charges for a loss of gain in the course of time.';

  readonly monitoringTypes = ['CAMERA_COEFFICIENTS'] as const;

  override fill(event: ArrayEvent): void {
    const days = (event.trigger.time.seconds - this.traits.start) / 86_400;
    for (const telId of event.r1.tel.keys()) {
      const { nChannels, nPixels } = this.context.subarray.telescope(telId).camera.readout;
      const factor = 1 + this.traits.lossPerDay.for(telId) * days;
      const monitoring = event.monitoring.tel.get(telId) ?? new TelescopeMonitoringContainer();
      // One factor for each gain channel and pixel.
      monitoring.camera.coefficients.factor = new Float32Array(nChannels * nPixels).fill(factor);
      event.monitoring.tel.set(telId, monitoring);
    }
  }
}
