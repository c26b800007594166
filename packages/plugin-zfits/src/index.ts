import { definePlugin } from '@cherenkit/core';
import { ZfitsInfoTool } from './tools/zfits-info-tool.js';

export { ZfitsInfoTool };

export default definePlugin({ name: 'zfits', apiVersion: 1, components: [ZfitsInfoTool] });
