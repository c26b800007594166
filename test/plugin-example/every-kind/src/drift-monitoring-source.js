import { MonitoringSource, TelescopeMonitoringContainer, trait } from '@cherenkit/core';

export class DriftMonitoringSource extends MonitoringSource.withTraits({
  start: trait.integer({
    default: 1_700_000_000,
    minimum: 0,
    help: 'When the cameras were calibrated, seconds since 1970 in TAI.',
  }),
  driftPerDay: trait.perTelescope(trait.number({ default: 0.001, help: 'Relative loss of charge per day.' })),
}) {
  static help = 'Corrects charges that become smaller from day to day.';

  monitoringTypes = ['CAMERA_COEFFICIENTS'];

  fill(event) {
    const days = (event.trigger.time.seconds - this.traits.start) / 86_400;
    for (const telId of event.r1.tel.keys()) {
      const { nChannels, nPixels } = this.context.subarray.telescope(telId).camera.readout;
      const factor = 1 + this.traits.driftPerDay.for(telId) * days;
      const monitoring = event.monitoring.tel.get(telId) ?? new TelescopeMonitoringContainer();
      monitoring.camera.coefficients.factor = new Float32Array(nChannels * nPixels).fill(factor);
      event.monitoring.tel.set(telId, monitoring);
    }
  }
}
