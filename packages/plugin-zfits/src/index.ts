import { definePlugin } from '@cherenkit/core';
import { ProtozfitsDL0EventSource } from './source/protozfits-dl0-event-source.js';
import { ProtozfitsDL0TelescopeEventSource } from './source/protozfits-dl0-telescope-event-source.js';
import { MultiFiles } from './streams/multi-files.js';
import { ZfitsInfoTool } from './tools/zfits-info-tool.js';

export { MultiFiles, ProtozfitsDL0EventSource, ProtozfitsDL0TelescopeEventSource, ZfitsInfoTool };

export default definePlugin({
  name: 'zfits',
  apiVersion: 1,
  kinds: [MultiFiles],
  components: [MultiFiles, ProtozfitsDL0EventSource, ProtozfitsDL0TelescopeEventSource, ZfitsInfoTool],
});
