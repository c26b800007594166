import { definePlugin } from '@cherenkit/core';
import { DisplayTool } from './tools/display-tool.js';
import { ViewTool } from './tools/view-tool.js';

export { DisplayTool, ViewTool };

export default definePlugin({ name: 'display', apiVersion: 1, components: [DisplayTool, ViewTool] });
