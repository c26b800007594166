import { definePlugin } from '@cherenkit/core';
import { DisplayTool } from './tools/display-tool.js';

export { DisplayTool };

export default definePlugin({ name: 'display', apiVersion: 1, components: [DisplayTool] });
