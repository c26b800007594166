import { definePlugin } from '@cherenkit/core';
import { SimTelEventSource } from './source/sim-tel-event-source.js';
import { SimTelEventWriter } from './writer/sim-tel-event-writer.js';

export { SimTelEventSource, SimTelEventWriter };

export default definePlugin({ name: 'simtel', apiVersion: 1, components: [SimTelEventSource, SimTelEventWriter] });
