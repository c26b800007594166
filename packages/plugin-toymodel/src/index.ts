import { definePlugin } from '@cherenkit/core';
import { SimulateTool } from './simulate-tool.js';
import { ToyModelEventSource } from './toymodel-event-source.js';

export { SimulateTool, ToyModelEventSource };

export default definePlugin({ name: 'toymodel', apiVersion: 1, components: [SimulateTool, ToyModelEventSource] });
