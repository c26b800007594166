import { definePlugin } from '@cherenkit/core';

import { ToyModelEventSource } from './toymodel-event-source.js';

export { ToyModelEventSource };

export default definePlugin({ name: 'toymodel', apiVersion: 1, components: [ToyModelEventSource] });
